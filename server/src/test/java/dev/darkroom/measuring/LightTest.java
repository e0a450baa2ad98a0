package dev.darkroom.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LightTest {

  @ParameterizedTest
  @CsvSource({
    "0.099, 0.099, not determined",
    "0.1, 0, brighter towards the right",
    "-0.1, 0, brighter towards the left",
    "-0.099, -0.1, brighter in the upper part",
    "0, 0.1, brighter in the lower part",
    "-0.1, -0.1, brighter towards the upper left",
    "0.1, 0.1, brighter towards the lower right"
  })
  void namesTheBrighterSide(double across, double down, String words) {
    assertThat(new Light(across, down).words()).isEqualTo(words);
  }

  @Test
  void comparesTheOuterThirds() {
    var left = Light.of(Grid.of(Painted.pixels(Painted.split(0.5, 0xe0e0e0, 0x505050))));
    assertThat(left.words()).isEqualTo("brighter towards the left");
    assertThat(left.down()).isZero();
    Painted.Paint window = (x, _) -> x > 170 && x < 340 ? 0xffffff : 0x404040;
    assertThat(Light.of(Grid.of(Painted.pixels(window))).words()).isEqualTo("not determined");
  }

  @Test
  void measuresAPictureOfOnePixel() {
    assertThat(Light.of(Grid.of(Painted.pixels(1, 1, Painted.plain(0)))))
        .isEqualTo(new Light(0, 0));
  }
}
