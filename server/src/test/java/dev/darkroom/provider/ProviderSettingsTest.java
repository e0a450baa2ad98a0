package dev.darkroom.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderSettingsTest {

  private static final Duration DEADLINE = Duration.ofMinutes(2);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ftp://model.example/v1          | must begin with http:// or https://
          model.example/v1                | must begin with http:// or https://
          localhost:11434/v1              | must begin with http:// or https://
          http:///v1                      | names no host
          http://me:hidden@model.example  | holds a user or a password
          http://model.example/v1?hidden  | without a query
          http://model.example/v1#hidden  | without a query
          http://model example            | is not a URL
          """)
  void saysWhatIsWrongWithAnAddressWithoutTellingIt(String url, String problem) {
    assertThatThrownBy(() -> settings(url, null, "m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("darkroom.captioner.remote.base-url")
        .hasMessageContaining(problem)
        .message()
        .doesNotContain("hidden");
  }

  @Test
  void takesBlankTextsForNone() {
    assertThat(settings(" ", "", "").isConfigured()).isFalse();
    assertThat(settings("http://127.0.0.1:11434/v1", " ", "m").apiKey()).isNull();
  }

  @Test
  void wantsAModelWithAnAddressAndAnAddressWithAllElse() {
    assertThatThrownBy(() -> settings("http://127.0.0.1/v1", null, null))
        .hasMessageContaining("remote.model is not");
    assertThatThrownBy(() -> settings(null, null, "m")).hasMessageContaining("base-url is not");
    assertThatThrownBy(() -> settings(null, "hidden", null))
        .hasMessageContaining("base-url is not")
        .message()
        .doesNotContain("hidden");
  }

  @Test
  void refusesAKeyThatNoHeaderCanHold() {
    assertThatThrownBy(() -> settings("http://127.0.0.1/v1", "hid\nden", "m"))
        .hasMessageContaining("api-key")
        .message()
        .doesNotContain("hid");
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThatThrownBy(
            () -> new ProviderSettings("moderator", "http://127.0.0.1/v1", null, "m", 0, DEADLINE))
        .hasMessageContaining("darkroom.moderator.remote.concurrency is 0");
    assertThatThrownBy(() ->
            new ProviderSettings("captioner", "http://127.0.0.1/v1", null, "m", 1, Duration.ZERO))
        .hasMessageContaining("deadline");
  }

  private static ProviderSettings settings(
      @Nullable String url, @Nullable String key, @Nullable String model) {
    return new ProviderSettings("captioner", url, key, model, 16, DEADLINE);
  }
}
