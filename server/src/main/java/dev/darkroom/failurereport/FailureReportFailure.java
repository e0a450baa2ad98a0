package dev.darkroom.failurereport;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why a part of a report cannot be had.
sealed interface FailureReportFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// Nothing is kept of that image, or it is gone.
  record ThumbnailNotFound(long datasetId, int ordinal) implements FailureReportFailure {
    @Override
    public String type() {
      return "failure-report.thumbnail-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "There is no thumbnail of the failed entry %d of the upload to dataset %d."
          .formatted(ordinal, datasetId);
    }
  }
}
