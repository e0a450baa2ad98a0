package dev.darkroom.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One try of a delivery: what the receiver answered, or why it did not.
///
/// @param statusCode null where there was no answer
/// @param errorType the failure's where there was none; null otherwise
record Tried(
    Instant at, @Nullable Integer statusCode, @Nullable String errorType, Duration duration) {

  boolean isSuccess() {
    return statusCode != null && statusCode / 100 == 2;
  }

  /// In the words of the log.
  @Override
  public String toString() {
    return "%s in %d ms"
        .formatted(statusCode == null ? errorType : "status " + statusCode, duration.toMillis());
  }
}
