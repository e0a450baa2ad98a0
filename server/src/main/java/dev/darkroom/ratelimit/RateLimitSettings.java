package dev.darkroom.ratelimit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How many calls are answered. A quota that was not used may be used at once.
///
/// @param enabled false: calls are neither counted nor refused
/// @param readsPerMinute of an organization: calls that change nothing
/// @param writesPerMinute of an organization: all other calls but the expensive ones
/// @param expensivePerMinute of an organization: calls that set off much work
/// @param wrongTokensPerMinute of an address
@ConfigurationProperties("darkroom.rate-limit")
record RateLimitSettings(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("60000") int readsPerMinute,
    @DefaultValue("6000") int writesPerMinute,
    @DefaultValue("600") int expensivePerMinute,
    @DefaultValue("600") int wrongTokensPerMinute) {

  RateLimitSettings {
    requirePositive("reads-per-minute", readsPerMinute);
    requirePositive("writes-per-minute", writesPerMinute);
    requirePositive("expensive-per-minute", expensivePerMinute);
    requirePositive("wrong-tokens-per-minute", wrongTokensPerMinute);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "darkroom.rate-limit." + name + " is " + value + "; it must be 1 or more");
    }
  }
}
