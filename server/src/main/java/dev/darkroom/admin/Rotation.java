package dev.darkroom.admin;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.failure.FailureException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a client sends to have a token replaced.
///
/// @param gracePeriod in seconds; the old token ends at once where it is null or 0
record Rotation(@Nullable Long gracePeriod) {

  private static final Duration MAX_GRACE = Duration.ofDays(30);

  Duration grace() {
    if (gracePeriod == null) return Duration.ZERO;
    if (gracePeriod < 0 || gracePeriod > MAX_GRACE.toSeconds()) {
      throw new FailureException(
          new ApiFailure.FieldInvalid(
              "grace_period", "an integer from 0 to %d".formatted(MAX_GRACE.toSeconds())));
    }
    return Duration.ofSeconds(gracePeriod);
  }
}
