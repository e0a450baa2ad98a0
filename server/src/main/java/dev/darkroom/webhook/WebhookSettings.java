package dev.darkroom.webhook;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How patient deliveries are, and for how long they can be repeated.
///
/// @param retryPauses before the second try, the third and so on; with the last one it is given up
/// @param redeliveryWindow how long the URL, its key and the message are kept after a delivery is
///   over, so that it can be repeated
/// @param retention how long deliveries that are over are listed
@ConfigurationProperties("darkroom.webhook")
record WebhookSettings(
    @DefaultValue({"1m", "4m", "12m", "28m"}) List<Duration> retryPauses,
    @DefaultValue("24h") Duration redeliveryWindow,
    @DefaultValue("30d") Duration retention) {

  WebhookSettings {
    retryPauses = List.copyOf(retryPauses);
    retryPauses.forEach(pause -> requireNotNegative("retry-pauses", pause));
    requireNotNegative("redelivery-window", redeliveryWindow);
    requireNotNegative("retention", retention);
    if (retention.compareTo(redeliveryWindow) < 0) {
      throw new IllegalArgumentException(
          "darkroom.webhook.retention is %s; it must be no shorter than the redelivery-window of %s"
              .formatted(retention, redeliveryWindow));
    }
  }

  int maxTries() {
    return retryPauses.size() + 1;
  }

  /// The pause after so many tries; the last one again for a delivery that began with more.
  Duration pauseAfter(int tries) {
    if (retryPauses.isEmpty()) return Duration.ZERO;
    return retryPauses.get(Math.min(tries, retryPauses.size()) - 1);
  }

  private static void requireNotNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "darkroom.webhook." + name + " is " + value + "; it must not be negative");
    }
  }
}
