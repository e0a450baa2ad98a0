package dev.darkroom.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A delivery as clients see it.
///
/// @param url scheme, host and path
/// @param redeliverableUntil null while it goes on, and when its URL is forgotten
/// @param attempts in their order
record DeliveryReport(
    long id,
    String url,
    DeliveryState state,
    Instant createdAt,
    @Nullable Instant finishedAt,
    @Nullable Instant redeliverableUntil,
    List<AttemptReport> attempts) {

  DeliveryReport {
    attempts = List.copyOf(attempts);
  }

  /// @param statusCode what the receiver answered; null where it did not
  /// @param errorType why not; null where it did
  record AttemptReport(
      Instant at, @Nullable Integer statusCode, @Nullable String errorType, long durationMs) {}
}
