package dev.darkroom.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaturationTest {

  @ParameterizedTest
  @CsvSource({
    // mean, coloured, unity, hue
    "0.014, 0.019, 0.5, 30, black and white",
    "0.014, 0.02, 0.5, 30, muted colours",
    "0.015, 0.019, 0.5, 30, muted colours",
    "0.039, 0.5, 0.5, 30, muted colours",
    "0.04, 0.5, 0.5, 30, moderate colours",
    "0.109, 0.9, 0.5, 30, moderate colours",
    "0.11, 0.9, 0.5, 30, vivid colours",
    "0.03, 0.9, 0.97, 70, 'sepia-like, in shades of brown only'",
    "0.03, 0.9, 0.969, 70, muted colours",
    "0.015, 0.9, 0.97, 50, 'sepia-like, in shades of brown only'",
    "0.03, 0.9, 0.97, 49.9, muted colours",
    "0.03, 0.9, 0.97, 99.9, 'sepia-like, in shades of brown only'",
    "0.03, 0.9, 0.97, 100, muted colours",
    "0.079, 0.9, 0.97, 70, 'sepia-like, in shades of brown only'",
    "0.08, 0.9, 0.97, 70, moderate colours"
  })
  void namesHowColourfulAPictureIs(
      double mean, double coloured, double unity, double hue, String words) {
    assertThat(new Saturation(mean, coloured, unity, hue).words()).isEqualTo(words);
  }

  @Test
  void measuresGreysAsColourless() {
    var saturation = Saturation.of(Painted.pixels(Painted.noise()));
    assertThat(saturation.mean()).isZero();
    assertThat(saturation.isMonochrome()).isTrue();
  }

  /// OKLab of sRGB red: chroma 0.2577, hue 29.23 degrees.
  @Test
  void measuresRedAsOklabDoes() {
    var saturation = Saturation.of(Painted.pixels(Painted.plain(0xff0000)));
    assertThat(saturation.mean()).isCloseTo(0.2577, within(0.001));
    assertThat(saturation.hue()).isCloseTo(29.23, within(0.1));
    assertThat(saturation.unity()).isEqualTo(1);
    assertThat(saturation.coloured()).isEqualTo(1);
  }

  @Test
  void findsOppositeColoursAtOdds() {
    var blueAndYellow = Painted.split(0.5, 0x3060c0, 0xc0a040);
    assertThat(Saturation.of(Painted.pixels(blueAndYellow)).unity()).isLessThan(0.3);
  }

  @Test
  void takesAPictureTonedBrownForSepiaLike() {
    Painted.Paint toned =
        (x, y) -> {
          int level = Painted.hills().at(x, y) & 0xff;
          return Painted.rgb(level, level * 90 / 100, level * 76 / 100);
        };
    assertThat(Saturation.of(Painted.pixels(toned)).words()).startsWith("sepia-like");
  }
}
