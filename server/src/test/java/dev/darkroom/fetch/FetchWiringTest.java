package dev.darkroom.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class FetchWiringTest {

  @EnableConfigurationProperties(FetchSettings.class)
  static class Settings {}

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class, OwnPorts.class, VettedHttp.class);

  @Test
  void needsNothingButItsSettings() {
    context.run(started -> assertThat(started).hasSingleBean(VettedHttp.class));
  }

  @Test
  void doesNotStartWithAnAllowedAddressThatItCannotRead() {
    context
        .withPropertyValues("darkroom.fetch.allow-addresses=10.0.0.1/8")
        .run(failed ->
            assertThat(failed)
                .getFailure()
                .rootCause()
                .hasMessageContaining("bits set beyond its prefix"));
  }
}
