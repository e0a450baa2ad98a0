package dev.darkroom.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TonesTest {

  @ParameterizedTest
  @CsvSource({"0.399, low-key", "0.4, mid-key", "0.76, mid-key", "0.761, high-key"})
  void tellsTheKeyByTheMeanLightness(double mean, String key) {
    assertThat(new Tones(mean, 0, 1, 0).brightness()).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "0.349, low contrast",
    "0.35, medium contrast",
    "0.649, medium contrast",
    "0.65, high contrast"
  })
  void tellsTheContrastByTheSpreadOfLightness(double spread, String contrast) {
    assertThat(new Tones(0.5, 0.2, 0.2 + spread, 0).contrastWords()).isEqualTo(contrast);
  }

  @ParameterizedTest
  @CsvSource({
    "0.019, hardly any shadows",
    "0.02, shadows over 2 % of the picture",
    "0.249, shadows over 25 % of the picture",
    "0.25, deep shadows over 25 % of the picture"
  })
  void tellsHowMuchLiesInShadow(double shadows, String words) {
    assertThat(new Tones(0.5, 0.2, 0.8, shadows).shadowWords()).isEqualTo(words);
  }

  @Test
  void measuresTheLightnessThatOklabGivesTheGreys() {
    // OKLab of sRGB 0x80 is 0.5999, of 0xff 1, of 0 0.
    assertThat(Tones.of(Painted.pixels(Painted.plain(0x808080))))
        .isEqualTo(new Tones(0.6, 0.599, 0.599, 0));
    assertThat(Tones.of(Painted.pixels(Painted.plain(0xffffff))).mean()).isEqualTo(1);
    assertThat(Tones.of(Painted.pixels(Painted.plain(0))).shadows()).isEqualTo(1);
  }

  @Test
  void leavesOutTheDarkestAndTheLightestTwentieth() {
    var slightlySplit = Tones.of(Painted.pixels(Painted.split(0.04, 0, 0x808080)));
    var split = Tones.of(Painted.pixels(Painted.split(0.06, 0, 0x808080)));
    assertThat(slightlySplit.contrast()).isZero();
    assertThat(split.contrast()).isCloseTo(0.6, within(0.002));
  }

  /// 0x2d is at 0.296, 0x2f at 0.304.
  @Test
  void countsAsShadowWhatIsDarkerThanThreeTenths() {
    assertThat(Tones.of(Painted.pixels(Painted.split(0.5, 0x2d2d2d, 0x2f2f2f))).shadows())
        .isEqualTo(0.5);
  }
}
