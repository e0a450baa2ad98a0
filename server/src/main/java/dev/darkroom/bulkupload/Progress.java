package dev.darkroom.bulkupload;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a bulk upload is. `done` and `failed` only ever grow, and together never pass `total`;
/// `total` is 0 until the archive is planned; then it falls by copies that are left out, and grows
/// only together with `failed`.
record Progress(int total, int done, int failed, CaptionProgress captions) {

  /// What became of the captions of the images that passed.
  ///
  /// @param skipped no caption is generated: there is no schema, or a text was provided
  record CaptionProgress(int done, int failed, int skipped) {}

  int totalProcessed() {
    return done + failed;
  }

  /// 0 to 99 while the upload runs, in proportion to the settled images. Never falls.
  int percentage() {
    return total == 0 ? 0 : (int) (99L * totalProcessed() / total);
  }

  /// The time that the rest will take at the pace so far; null where there is no pace yet.
  @Nullable Duration remaining(Instant started, Instant now) {
    if (totalProcessed() == 0) return null;
    var elapsed = Duration.between(started, now);
    return elapsed.multipliedBy(total - totalProcessed()).dividedBy(totalProcessed());
  }
}
