package dev.darkroom.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FetchSettingsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void hasDefaults() {
    assertThat(bind(Map.of()))
        .isEqualTo(new FetchSettings(List.of(), Duration.ofSeconds(10), Duration.ofSeconds(30), 5));
  }

  @Test
  void bindsAListOfAllowedAddresses() {
    FetchSettings settings =
        bind(Map.of("darkroom.fetch.allow-addresses", "127.0.0.1/32,[fd00::/8]:443"));

    assertThat(settings.allowed()).hasSize(2);
  }

  @Test
  void refusesWhatNoFetchCouldWorkWith() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FetchSettings(List.of("lan"), SECOND, SECOND, 5))
        .withMessageContaining("'lan'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FetchSettings(List.of(), Duration.ZERO, SECOND, 5))
        .withMessageContaining("connect-timeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FetchSettings(List.of(), SECOND, Duration.ofDays(40), 5))
        .withMessageContaining("idle-timeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FetchSettings(List.of(), SECOND, SECOND, -1))
        .withMessageContaining("max-redirects");
  }

  private static FetchSettings bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("darkroom.fetch", FetchSettings.class);
  }
}
