package dev.darkroom.bulkupload;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.time.Duration;

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

  record OutageTooLong(Duration waited) implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.outage";
    }

    @Override
    public String message() {
      return "The server's database, store or decoder was out for more than %s and it gave up; ask its operator."
          .formatted(inWords(waited));
    }
  }

  private static String inWords(Duration time) {
    if (time.toHours() > 0) return time.toHours() + " h";
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }

  record ServerFault() implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.internal-error";
    }

    @Override
    public String message() {
      return "The server failed at this upload again and again; its log says why, under the upload's request_id.";
    }
  }
}
