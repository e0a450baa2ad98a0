package dev.darkroom.bulkupload;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.darkroom.bulkupload.BulkUploadStatus.UploadError;
import org.jspecify.annotations.Nullable;

/// What a webhook is told of an upload that is over.
///
/// @param error of a failed upload; the same as in its `result`
record UploadMessage(
    String requestId, long datasetId, Ending status, Result result, @Nullable UploadError error) {

  /// How many failed images, and how many ignored entries, the message lists at most: receivers
  /// bound what they take. The counters count all of them, and the report lists all of them.
  static final int MOST_LISTED = 100;

  static UploadMessage of(long datasetId, BulkUploadStatus status, String reportUrl) {
    return new UploadMessage(
        status.requestId(),
        datasetId,
        status.error() == null ? Ending.COMPLETED : Ending.ERROR,
        new Result(status, reportUrl),
        status.error());
  }

  enum Ending {
    COMPLETED,
    ERROR
  }

  /// The status as it is in the end.
  ///
  /// @param reportUrl where all of it is, as JSON and as CSV
  record Result(@JsonUnwrapped BulkUploadStatus status, String reportUrl) {}
}
