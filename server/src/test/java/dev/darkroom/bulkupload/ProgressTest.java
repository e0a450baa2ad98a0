package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.bulkupload.Progress.CaptionProgress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

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
    var remaining = progress(20, 5, 100).remaining(START, START.plusSeconds(10));
    assertThat(remaining).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void knowsNoRemainingTimeBeforeTheFirstImage() {
    assertThat(progress(0, 0, 100).remaining(START, START.plusSeconds(10))).isNull();
  }

  private static Progress progress(int done, int failed, int total) {
    return new Progress(total, done, failed, new CaptionProgress(0, 0, 0));
  }
}
