package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.bulkupload.Progress.CaptionProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void isZeroUntilTheArchiveIsPlanned() {
    assertThat(progress(0, 0, 0).percentage()).isZero();
  }

  @Test
  void reaches99WhenEveryImageIsSettled() {
    assertThat(progress(46, 2, 48).percentage()).isEqualTo(99);
  }

  @Test
  void countsAFailedImageAsSettled() {
    assertThat(progress(0, 24, 48).percentage()).isEqualTo(49);
  }

  @Test
  void neverFallsNorPasses99WhileImagesSettle() {
    for (int total : new int[] {1, 3, 7, 100, 4_999, 5_000}) {
      int last = 0;
      for (int settled = 0; settled <= total; settled++) {
        int percentage = progress(settled / 2, settled - settled / 2, total).percentage();
        assertThat(percentage).isBetween(last, 99);
        last = percentage;
      }
      assertThat(last).isEqualTo(99);
    }
  }

  @Test
  void tellsTheRemainingTimeAtThePaceSoFar() {
    var remaining = progress(20, 5, 100).remaining(START, null, START.plusSeconds(10));
    assertThat(remaining).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void knowsNoRemainingTimeBeforeTheFirstImage() {
    assertThat(progress(0, 0, 100).remaining(START, null, START.plusSeconds(10))).isNull();
  }

  @Test
  void expectsACaptionOfEveryImageWhereCaptionsAreWritten() {
    assertThat(captioned(10, 0, 10, 0, 0, 0).percentage()).isEqualTo(49);
    assertThat(captioned(10, 0, 10, 3, 1, 1).percentage()).isEqualTo(74);
    assertThat(captioned(10, 0, 10, 9, 0, 1).percentage()).isEqualTo(99);
  }

  @Test
  void countsAFailedImageAsItsCaptionToo() {
    assertThat(captioned(0, 5, 10, 0, 0, 0).percentage()).isEqualTo(49);
  }

  /// Whatever comes in whichever order: images pass, with a text or without, or fail; captions are
  /// written, fail, or are not needed any more.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void neverFallsNorReaches100BeforeTheEndInAnyOrder(long seed) {
    var random = new Random(seed);
    int total = 1 + random.nextInt(700);
    var counts = new int[5]; // done, failed, captions done, failed, skipped
    int last = 0;
    while (counts[0] + counts[1] < total || counts[2] + counts[3] + counts[4] < counts[0]) {
      boolean image = counts[0] + counts[1] < total && random.nextBoolean();
      boolean caption = !image && counts[2] + counts[3] + counts[4] < counts[0];
      if (image) {
        boolean passes = random.nextInt(10) > 0;
        counts[passes ? 0 : 1]++;
        if (passes && random.nextInt(4) == 0) counts[4]++;
      } else if (caption) {
        counts[2 + random.nextInt(3)]++;
      }
      var progress = captioned(counts[0], counts[1], total, counts[2], counts[3], counts[4]);
      assertThat(progress.percentage()).isBetween(last, 99);
      last = progress.percentage();
    }
    assertThat(last).isEqualTo(99);
  }

  @Test
  void knowsNoRemainingTimeBeforeTheFirstOfTheCaptionsThatAreLeft() {
    var reading = captioned(50, 0, 100, 0, 0, 0);
    assertThat(reading.remaining(START, null, START.plusSeconds(10))).isNull();
    var captioning = captioned(100, 0, 100, 0, 0, 0);
    assertThat(captioning.remaining(START, START.plusSeconds(10), START.plusSeconds(15))).isNull();
  }

  @Test
  void tellsTheRemainingTimeAtThePaceOfTheCaptionsOnceTheyBegan() {
    var captioning = captioned(100, 0, 100, 19, 1, 30);
    assertThat(captioning.remaining(START, START.plusSeconds(60), START.plusSeconds(80)))
        .isEqualTo(Duration.ofSeconds(50));
  }

  private static Progress captioned(
      int done, int failed, int total, int captionsDone, int captionsFailed, int captionsSkipped) {
    return new Progress(
        total,
        done,
        failed,
        true,
        new CaptionProgress(captionsDone, captionsFailed, captionsSkipped));
  }

  private static Progress progress(int done, int failed, int total) {
    return new Progress(total, done, failed, false, new CaptionProgress(0, 0, done));
  }
}
