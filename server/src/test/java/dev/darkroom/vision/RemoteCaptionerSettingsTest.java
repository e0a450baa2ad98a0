package dev.darkroom.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.provider.TestProviders;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RemoteCaptionerSettingsTest {

  @Test
  void refusesAFieldThatNoServerKnows() {
    assertThatThrownBy(() -> settings("tokens", 4096))
        .hasMessageContaining("token-limit-field is tokens");
  }

  @Test
  void refusesALimitThatHoldsNoCaption() {
    assertThatThrownBy(() -> settings("max_tokens", 0)).hasMessageContaining("max-tokens is 0");
  }

  @Test
  void doesNotTellTheKey() {
    assertThat(settings("max_tokens", 4096).toString())
        .contains("fake-vision")
        .doesNotContain("never-tell");
  }

  private static RemoteCaptionerSettings settings(String tokenLimitField, int maxTokens) {
    return new RemoteCaptionerSettings(
        "http://127.0.0.1:11434/v1",
        TestProviders.KEY,
        "fake-vision",
        16,
        Duration.ofMinutes(2),
        tokenLimitField,
        maxTokens);
  }
}
