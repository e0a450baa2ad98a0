package dev.darkroom.bulkupload;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why a bulk upload that was accepted fails as a whole.
sealed interface BulkUploadFailure extends Failure {

  /// What most of them are: a fault of ours.
  @Override
  default int status() {
    return 500;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// This node has no moderator for an upload that another one accepted.
  record ModeratorMissing() implements BulkUploadFailure {
    @Override
    public String type() {
      return "moderation.missing";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public Retry retry() {
      return Retry.WHEN_BACK;
    }

    @Override
    public String message() {
      return "The upload waits for a moderator, which this server no longer has; ask its operator to set one up again.";
    }
  }

  record NotFound(long datasetId) implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "Dataset %d has had no bulk upload.".formatted(datasetId);
    }
  }
}
