package dev.darkroom.webhook;

import java.util.Locale;

/// Where a delivery stands.
enum DeliveryState {
  /// It is being tried, or pauses before the next try.
  PENDING,
  /// Final: the receiver answered with a 2xx.
  DELIVERED,
  /// Final: it was given up after the last try.
  FAILED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
