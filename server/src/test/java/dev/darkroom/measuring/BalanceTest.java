package dev.darkroom.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.measuring.Painted.Paint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceTest {

  @ParameterizedTest
  @CsvSource({
    "0.019, 0.2, 0.5, 0, 'even, without a centre of weight'",
    "0.02, 0.45, 0.5, 0, visual weight to the left",
    "0.02, 0.451, 0.5, 0, visual weight in the middle",
    "0.02, 0.549, 0.5, 0, visual weight in the middle",
    "0.02, 0.55, 0.5, 0, visual weight to the right",
    "0.02, 0.5, 0.45, 0, visual weight in the upper half",
    "0.02, 0.5, 0.55, 0, visual weight in the lower half",
    "0.02, 0.4, 0.6, 0, visual weight at the lower left",
    "0.02, 0.5, 0.5, 0.749, visual weight in the middle",
    "0.02, 0.5, 0.5, 0.75, 'visual weight in the middle, left and right mirror each other'"
  })
  void tellsWhereTheWeightLies(
      double mass, double across, double down, double symmetry, String words) {
    assertThat(new Balance(mass, across, down, symmetry).words()).isEqualTo(words);
  }

  @Test
  void weighsWhatStandsOutWhetherItIsLightOrDark() {
    assertThat(words(spot(0xffffff, 0x404040))).isEqualTo("visual weight at the upper right");
    assertThat(words(spot(0x101010, 0xc0c0c0))).isEqualTo("visual weight at the upper right");
    assertThat(words(Painted.plain(0x808080))).isEqualTo("even, without a centre of weight");
  }

  private static Paint spot(int colour, int ground) {
    return (x, y) -> x > 384 && y < 128 ? colour : ground;
  }

  @Test
  void findsThatTheHalvesMirrorEachOther() {
    Paint arch = (x, y) -> Painted.grey(Math.abs(x - 255) < y ? 200 : 60);
    assertThat(words(arch)).contains("mirror each other");
    assertThat(Balance.of(Grid.of(Painted.pixels(Painted.split(0.5, 0x404040, 0xc0c0c0)))))
        .extracting(Balance::symmetry)
        .isEqualTo(-1.0);
  }

  /// Every horizon would be symmetric otherwise.
  @Test
  void takesNoHorizonForSymmetry() {
    Paint horizon = (_, y) -> y < 200 ? 0xc0d0ff : 0x305020;
    assertThat(Balance.of(Grid.of(Painted.pixels(horizon))).symmetry()).isZero();
  }

  @Test
  void measuresAPictureOfOnePixel() {
    var balance = Balance.of(Grid.of(Painted.pixels(1, 1, Painted.plain(0x123456))));
    assertThat(balance).isEqualTo(new Balance(0, 0.5, 0.5, 0));
  }

  private static String words(Paint paint) {
    return Balance.of(Grid.of(Painted.pixels(paint))).words();
  }
}
