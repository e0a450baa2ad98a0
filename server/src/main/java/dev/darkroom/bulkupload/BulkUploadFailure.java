package dev.darkroom.bulkupload;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why a bulk upload that was accepted fails as a whole, or what is asked of it cannot be done.
public sealed interface BulkUploadFailure extends Failure {

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

  /// Its organization may not store as much.
  record OverQuota(Long limit, Long actual) implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.over-quota";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "With this upload the organization's images would have %,d bytes or more, and its quota is %,d; delete some, or ask the operator for more."
          .formatted(actual, limit);
    }
  }

  /// A client wants it no longer.
  record Cancelled() implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.cancelled";
    }

    @Override
    public int status() {
      return 499;
    }

    @Override
    public String message() {
      return "The upload was cancelled; to try again, clone the dataset, which is empty now, and upload into the clone.";
    }
  }

  /// What is final can be cancelled no longer.
  record AlreadyFinal(long datasetId, BulkUploadState state) implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.already-final";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "The bulk upload into dataset %d is over (%s) and cannot be cancelled any more; its status says how it ended."
          .formatted(datasetId, state);
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
