package dev.darkroom.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WebhookSettingsTest {

  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void triesFiveTimesOver45Minutes() {
    var settings =
        new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("darkroom.webhook", WebhookSettings.class);
    assertThat(settings.maxTries()).isEqualTo(5);
    assertThat(settings.retryPauses()).isSorted().doesNotHaveDuplicates();
    assertThat(settings.retryPauses().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMinutes(45));
  }

  @Test
  void goesOnWithTheLastPauseWhereADeliveryHasMoreTries() {
    var settings =
        new WebhookSettings(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)), DAY, DAY);
    assertThat(settings.pauseAfter(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.pauseAfter(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.pauseAfter(3)).isEqualTo(Duration.ofSeconds(2));
    assertThat(new WebhookSettings(List.of(), DAY, DAY).pauseAfter(1)).isEqualTo(Duration.ZERO);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebhookSettings(List.of(Duration.ofSeconds(-1)), DAY, DAY))
        .withMessageContaining("darkroom.webhook.retry-pauses");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebhookSettings(List.of(), DAY, Duration.ofHours(1)))
        .withMessageContaining("darkroom.webhook.retention");
  }
}
