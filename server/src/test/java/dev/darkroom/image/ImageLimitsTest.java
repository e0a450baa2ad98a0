package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ImageLimitsTest {

  @Test
  void haveDefaults() {
    assertThat(bind(Map.of())).isEqualTo(new ImageLimits(100_000_000, 1024));
  }

  @Test
  void areSettings() {
    assertThat(
            bind(
                Map.of(
                    "darkroom.limits.max-pixels", "5000000",
                    "darkroom.limits.min-dimension", "64")))
        .isEqualTo(new ImageLimits(5_000_000, 64));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1024, max-pixels must be from 1",
    "3000000000, 1024, max-pixels must be from 1 to 2147483647",
    "100, 0, min-dimension must be from 1",
    "100000000, 20000, min-dimension must be from 1 to 16383",
    "1000000, 1024, leaves no room"
  })
  void refuseWhatMakesNoSense(long maxPixels, int minDimension, String message) {
    assertThatThrownBy(() -> new ImageLimits(maxPixels, minDimension))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static ImageLimits bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("darkroom.limits", ImageLimits.class);
  }
}
