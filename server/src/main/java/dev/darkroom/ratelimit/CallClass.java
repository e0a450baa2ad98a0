package dev.darkroom.ratelimit;

import java.util.Locale;

/// What a call is counted as; an organization has a quota of each.
enum CallClass {
  READ,
  WRITE,
  EXPENSIVE;

  int perMinute(RateLimitSettings settings) {
    return switch (this) {
      case READ -> settings.readsPerMinute();
      case WRITE -> settings.writesPerMinute();
      case EXPENSIVE -> settings.expensivePerMinute();
    };
  }

  /// Its name in the headers.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
