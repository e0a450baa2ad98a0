package dev.darkroom.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How patient jobs are.
///
/// @param retryDelay the pause before the second try of a step, at the least; each further one
///   doubles it
/// @param outageLimit how long a job waits for a database, a store or a provider that is out
@ConfigurationProperties("darkroom.job")
record JobSettings(
    @DefaultValue("1s") Duration retryDelay, @DefaultValue("24h") Duration outageLimit) {

  JobSettings {
    requirePositive("retry-delay", retryDelay);
    requirePositive("outage-limit", outageLimit);
  }

  /// What is longest waited at a source's word; a job does not hang on a promise.
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(1);

  /// The pause after so many tries of a step: doubled each time, longer by up to a half, so that
  /// what failed together does not come back together, and as long as was asked for, within reason.
  ///
  /// @param jitter from 0 to 1
  Duration pauseAfter(int tries, double jitter, @Nullable Duration asked) {
    long doubled = retryDelay.toMillis() << (tries - 1);
    var pause = Duration.ofMillis((long) (doubled * (1 + jitter / 2)));
    if (asked == null) return pause;
    var bounded = asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
    return bounded.compareTo(pause) < 0 ? pause : bounded;
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "darkroom.job." + name + " is " + value + "; it must be longer than zero");
    }
  }
}
