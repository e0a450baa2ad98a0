package dev.darkroom.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OkLabTest {

  /// Of CSS Color Module Level 4: the primaries of sRGB in OKLab.
  @ParameterizedTest
  @CsvSource({
    "255, 255, 255, 1, 0, 0",
    "0, 0, 0, 0, 0, 0",
    "255, 0, 0, 0.62796, 0.22486, 0.12585",
    "0, 255, 0, 0.86644, -0.23389, 0.17950",
    "0, 0, 255, 0.45201, -0.03246, -0.31153",
    "128, 128, 128, 0.59987, 0, 0"
  })
  void convertsAsTheStandardDoes(int red, int green, int blue, float l, float a, float b) {
    var planes = new float[3][1];
    OkLab.convert(red, green, blue, planes, 0);
    assertThat(planes[0][0]).isCloseTo(l, within(0.0005f));
    assertThat(planes[1][0]).isCloseTo(a, within(0.0005f));
    assertThat(planes[2][0]).isCloseTo(b, within(0.0005f));
  }
}
