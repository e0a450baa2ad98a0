package dev.darkroom.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {

  @ParameterizedTest
  @CsvSource({
    "1000, 1000, square",
    "1050, 1000, square",
    "1051, 1000, landscape",
    "1000, 1050, square",
    "1000, 1051, portrait",
    "1999, 1000, landscape",
    "2000, 1000, panorama",
    "1000, 1999, portrait",
    "1000, 2000, vertical panorama",
    "1, 1, square"
  })
  void tellsTheOrientation(int width, int height, String orientation) {
    assertThat(new Frame(width, height).orientation()).isEqualTo(orientation);
  }

  @ParameterizedTest
  @CsvSource({
    "6000, 4000, 3:2",
    "4000, 6000, 2:3",
    "1600, 1200, 4:3",
    "1920, 1080, 16:9",
    "1015, 1000, 1:1",
    "1016, 1000, 1.02:1",
    "1522, 1000, 3:2",
    "1523, 1000, 1.52:1",
    "1000, 1523, 1:1.52",
    "1700, 1000, 1.70:1"
  })
  void namesTheUsualRatioOrGivesDecimals(int width, int height, String aspect) {
    assertThat(new Frame(width, height).aspect()).isEqualTo(aspect);
  }
}
