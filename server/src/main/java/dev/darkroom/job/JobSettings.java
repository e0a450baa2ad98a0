package dev.darkroom.job;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How patient jobs are.
///
/// @param retryDelay the pause before the second try of a step; each further one doubles it
/// @param outageLimit how long a job waits for a database, a store or a provider that is out
@ConfigurationProperties("darkroom.job")
record JobSettings(
    @DefaultValue("1s") Duration retryDelay, @DefaultValue("24h") Duration outageLimit) {

  JobSettings {
    requirePositive("retry-delay", retryDelay);
    requirePositive("outage-limit", outageLimit);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "darkroom.job." + name + " is " + value + "; it must be longer than zero");
    }
  }
}
