package dev.darkroom.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmthTest {

  @ParameterizedTest
  @CsvSource({"0.025, warm", "0.024, neutral", "0, neutral", "-0.014, neutral", "-0.015, cool"})
  void namesTheLean(double balance, String words) {
    assertThat(new Warmth(balance).words()).isEqualTo(words);
  }

  @Test
  void leansToOrangeAndToBlueAndToNeitherInGreenAndGrey() {
    assertThat(of(0xe0a060).words()).isEqualTo("warm");
    assertThat(of(0x6080c0).words()).isEqualTo("cool");
    assertThat(of(0x808080).balance()).isZero();
    assertThat(of(0x60a060).words()).isEqualTo("neutral");
  }

  private static Warmth of(int rgb) {
    return Warmth.of(Painted.pixels(Painted.plain(rgb)));
  }
}
