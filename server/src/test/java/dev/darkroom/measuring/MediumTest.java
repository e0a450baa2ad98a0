package dev.darkroom.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.measuring.Painted.Paint;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediumTest {

  private static final String CONTINUOUS = "continuous tones (photograph, painting or rendering)";

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.5, false, illustration in flat colours",
    "0.1, 0.499, false, not determined",
    "0.1, 0.25, false, not determined",
    "0.1, 0.249, false, 'continuous tones (photograph, painting or rendering)'",
    "0.099, 0.9, false, not determined",
    "0.099, 0.1, false, not determined",
    "1, 0.9, true, photograph"
  })
  void namesTheMedium(double counted, double flat, boolean exposed, String words) {
    assertThat(new Medium(counted, flat, exposed).words()).isEqualTo(words);
  }

  @Test
  void knowsADrawingByItsFlatAreas() throws UnreadableJpegException {
    Paint drawing =
        (x, y) -> {
          int dx = x - 250;
          int dy = y - 190;
          return dx * dx + dy * dy < 110 * 110 ? 0xd04040 : x + y < 450 ? 0xf0d080 : 0x4070b0;
        };
    assertThat(words(drawing)).isEqualTo("illustration in flat colours");
  }

  @Test
  void takesAClearSkyForContinuous() throws UnreadableJpegException {
    Paint sky = (_, y) -> Painted.rgb(90 + y / 6, 140 + y / 6, 220 + y / 12);
    assertThat(words(sky)).isEqualTo(CONTINUOUS);
    assertThat(words(Painted.noise())).isEqualTo(CONTINUOUS);
  }

  /// A cut-out photograph is no drawing for the white that it stands on.
  @Test
  void countsNoPureWhiteAndBlack() throws UnreadableJpegException {
    var noise = Painted.noise();
    Paint cutOut = (x, y) -> x > 150 && x < 350 ? noise.at(x, y) : 0xffffff;
    assertThat(words(cutOut)).isEqualTo(CONTINUOUS);
    assertThat(words(Painted.plain(0xffffff))).isEqualTo("not determined");
    assertThat(words(Painted.plain(0))).isEqualTo("not determined");
  }

  @Test
  void measuresAPictureSmallerThanABlock() throws UnreadableJpegException {
    var pixels = Pixels.ofJpeg(Painted.jpeg(5, 3, Painted.plain(0x808080)));
    assertThat(Medium.of(pixels, Lens.of(Map.of())).words()).isEqualTo("not determined");
  }

  private static String words(Paint paint) throws UnreadableJpegException {
    return Medium.of(Pixels.ofJpeg(Painted.jpeg(paint)), Lens.of(Map.of())).words();
  }
}
