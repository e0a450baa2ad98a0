package dev.darkroom.preflight;

import dev.darkroom.bulkupload.BulkUploadState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state of a preflight as clients see it, in the shape of an upload's: what that upload would
/// come to. At every moment `totalProcessed` = `done` + `failed`, and with `undetermined` at most
/// `total`; exactly that when it is completed.
///
/// @param progressPercentage never falls; 100 exactly when the preflight is completed
/// @param done images that nothing speaks against
/// @param undetermined images of which too little was seen
/// @param captions none is written
/// @param outage what the preflight waits for; null while it goes on
/// @param etaSeconds what the rest will take at the pace so far; null where that is not known
record PreflightStatus(
    BulkUploadState status,
    int progressPercentage,
    int totalProcessed,
    int done,
    int failed,
    List<FailedImage> failedImages,
    int total,
    int undetermined,
    int ignored,
    List<IgnoredFile> ignoredEntries,
    String phase,
    Captions captions,
    @Nullable WholeError error,
    @Nullable OutageWait outage,
    String requestId,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Long etaSeconds) {

  PreflightStatus {
    failedImages = List.copyOf(failedImages);
    ignoredEntries = List.copyOf(ignoredEntries);
  }

  /// @param filename the entry's path in the archive
  /// @param ordinal the entry's place in the archive, which tells entries of the same name apart
  record FailedImage(
      String filename,
      int errorCode,
      String errorMessage,
      String type,
      int ordinal,
      @Nullable Long limit,
      @Nullable Long actual) {}

  record IgnoredFile(String filename, String reason) {}

  record Captions(int done, int failed, int skipped) {}

  /// Why an upload would fail as a whole, or the preflight did.
  record WholeError(
      int code, String type, String message, @Nullable Long limit, @Nullable Long actual) {}

  /// A fault of the server's own, for whose end the preflight waits.
  ///
  /// @param since when the last of it got on
  record OutageWait(String type, String message, Instant since) {}
}
