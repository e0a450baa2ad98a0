package dev.darkroom.bulkupload;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a bulk upload is. `done` and `failed` only ever grow, and together never pass `total`;
/// `total` is 0 until the archive is planned; then it falls by copies that are left out, and grows
/// only together with `failed`. The captions together never pass `done`.
///
/// @param generatesCaptions whether captions are written at all; every image is then expected to
///   get one, and a failed image settles it
record Progress(
    int total, int done, int failed, boolean generatesCaptions, CaptionProgress captions) {

  /// What became of the captions of the images that passed.
  ///
  /// @param skipped no caption is generated: there is no schema, a text was provided, or the image
  ///   was deleted before
  record CaptionProgress(int done, int failed, int skipped) {

    int settled() {
      return done + failed + skipped;
    }

    /// Those that took their time.
    int written() {
      return done + failed;
    }
  }

  int totalProcessed() {
    return done + failed;
  }

  /// 0 to 99 while the upload runs, in proportion to the settled images and captions. Never falls.
  int percentage() {
    if (total == 0) return 0;
    if (!generatesCaptions) return (int) (99L * totalProcessed() / total);
    long settled = (long) totalProcessed() + failed + captions.settled();
    return (int) (99 * settled / (2L * total));
  }

  /// The time that the rest will take at the pace so far; null where there is no pace yet, of what
  /// is known to be left: images, or captions.
  @Nullable Duration remaining(Instant started, @Nullable Instant captioningSince, Instant now) {
    int captionsLeft = generatesCaptions ? done - captions.settled() : 0;
    if (captioningSince != null) {
      return atPace(Duration.between(captioningSince, now), captions.written(), captionsLeft);
    }
    if (captionsLeft > 0) return null;
    return atPace(Duration.between(started, now), totalProcessed(), total - totalProcessed());
  }

  /// None where nothing tells: the clock of the node that began may be ahead of this one's.
  private static @Nullable Duration atPace(Duration elapsed, int settled, int left) {
    if (settled == 0 || elapsed.isNegative()) return null;
    return elapsed.multipliedBy(Math.max(left, 0)).dividedBy(settled);
  }
}
