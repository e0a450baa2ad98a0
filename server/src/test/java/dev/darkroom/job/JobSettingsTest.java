package dev.darkroom.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobSettingsTest {

  private static final JobSettings DEFAULTS =
      new JobSettings(Duration.ofSeconds(1), Duration.ofHours(24));

  @Test
  void theTriesOfAStepOutlastAMinuteByTheirPausesAlone() {
    assertThat(pauses(0)).isEqualTo(Duration.ofSeconds(63));
    assertThat(pauses(1)).isEqualTo(Duration.ofMillis(94_500));
  }

  @Test
  void aPauseIsAsLongAsItIsAskedForAndAMinuteAtTheMost() {
    assertThat(DEFAULTS.pauseAfter(1, 0, Duration.ofSeconds(20))).hasSeconds(20);
    assertThat(DEFAULTS.pauseAfter(1, 0, Duration.ofHours(3))).hasMinutes(1);
    assertThat(DEFAULTS.pauseAfter(6, 0, Duration.ofSeconds(20))).hasSeconds(32);
  }

  private static Duration pauses(double jitter) {
    return IntStream.range(1, StepRunner.MAX_TRIES)
        .mapToObj(tries -> DEFAULTS.pauseAfter(tries, jitter, null))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
