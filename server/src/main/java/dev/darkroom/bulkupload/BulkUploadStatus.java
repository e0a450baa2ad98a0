package dev.darkroom.bulkupload;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.darkroom.bulkupload.Progress.CaptionProgress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The state of a bulk upload as clients see it. At every moment `totalProcessed` = `done` +
/// `failed` <= `total`, and `failedImages` holds exactly `failed` images, in archive order.
///
/// @param progressPercentage never falls; 100 exactly when the upload is completed
/// @param ignoredEntries what was in the archive and is no image, with the reason
/// @param outage what the upload waits for; null while it goes on
/// @param etaSeconds what the rest will take at the pace so far; null where that is not known
public record BulkUploadStatus(
    BulkUploadState status,
    int progressPercentage,
    int totalProcessed,
    int done,
    int failed,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Iterable<FailedImage> failedImages,
    int total,
    int ignored,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Iterable<IgnoredFile> ignoredEntries,
    Phase phase,
    CaptionProgress captions,
    @Nullable UploadError error,
    @Nullable OutageWait outage,
    String requestId,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Long etaSeconds) {

  /// An image that was left out, and why.
  ///
  /// @param filename the entry's path in the archive, the image's `image_name`
  /// @param ordinal the entry's place in the archive, which tells entries of the same name apart
  public record FailedImage(
      String filename,
      int errorCode,
      String errorMessage,
      String type,
      int ordinal,
      @Nullable Long limit,
      @Nullable Long actual) {}

  /// An entry that is no image, or a copy of one.
  public record IgnoredFile(String filename, String reason) {}

  /// Why the upload failed as a whole.
  record UploadError(
      int code, String type, String message, @Nullable Long limit, @Nullable Long actual) {}

  /// A fault of the server's own, for whose end the upload waits.
  ///
  /// @param since when the last of it got on
  record OutageWait(String type, String message, Instant since) {}
}
