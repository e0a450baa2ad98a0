package dev.darkroom.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.measuring.Painted.Paint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FocusMapTest {

  @Test
  void callsNoiseSharpAndBlurredNoiseSoft() {
    assertThat(words(Painted.noise())).isEqualTo("sharp throughout");
    var blurred = Painted.blurred(Painted.noise(), 2);
    // Blur takes the contrast with it, and what has none counts for nothing.
    Paint stretched =
        (x, y) -> Painted.grey(Math.clamp(125 + 5 * ((blurred.at(x, y) & 0xff) - 125), 0, 255));
    assertThat(words(stretched)).isEqualTo("soft throughout");
    assertThat(words(Painted.hills())).isEqualTo("soft throughout");
  }

  @Test
  void contrastMakesNoDifference() {
    var noise = Painted.noise();
    Paint faint = (x, y) -> Painted.grey(110 + (noise.at(x, y) & 0xff) / 4);
    assertThat(words(faint)).isEqualTo("sharp throughout");
  }

  @Test
  void saysNothingOfWhatHasNoDetail() {
    assertThat(words(Painted.plain(0x6080c0))).isEqualTo("not determined");
    Paint sky = (_, y) -> Painted.grey(150 + y / 8);
    assertThat(words(sky)).isEqualTo("not determined");
  }

  @Test
  void aHardEdgeIsSharpAndASmoothOneIsSoft() {
    Paint stripes = (x, _) -> x / 40 % 2 == 0 ? 0x404040 : 0xc0c0c0;
    assertThat(words(stripes)).isEqualTo("sharp throughout");
    assertThat(words(Painted.blurred(stripes, 4))).isEqualTo("soft throughout");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 171, 0, 128, sharpest at the upper left",
    "341, 512, 256, 384, sharpest at the lower right",
    "171, 341, 128, 256, sharpest in the centre",
    "0, 171, 0, 384, sharpest on the left",
    "341, 512, 128, 256, sharpest on the right",
    "0, 512, 256, 384, sharpest in the lower part",
    "171, 341, 0, 128, sharpest in the upper part"
  })
  void tellsWhereThePictureIsSharpest(int left, int right, int top, int bottom, String words) {
    var noise = Painted.noise();
    Paint focused =
        (x, y) ->
            x >= left && x < right && y >= top && y < bottom
                ? noise.at(x, y)
                : Painted.hills().at(x, y);
    assertThat(words(focused)).isEqualTo(words);
  }

  @Test
  void tellsNoPlaceWhereTheSharpCellsAreScattered() {
    assertThat(new FocusMap(List.of(2, 2, 2, 2, 2, 2, 2, 2, 2), softly(5)).words())
        .isEqualTo("sharp in parts");
  }

  /// Of the 100 cells of this map those in the upper left are sharp.
  @ParameterizedTest
  @CsvSource({
    "80, 20, sharp throughout",
    "79, 21, sharpest at the upper left",
    "10, 90, sharpest at the upper left",
    "9, 91, soft throughout",
    "4, 5, sharpest at the upper left",
    "4, 4, not determined"
  })
  void needsEnoughCellsOnEitherSide(int sharp, int soft, String words) {
    var map =
        new FocusMap(List.of(sharp, 0, 0, 0, 0, 0, 0, 0, 0), List.of(soft, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(map.words()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"5, 5, sharpest on the left", "4, 5, sharpest on the right"})
  void aThirdIsTheSharpOneFromHalfOfTheSharpCellsOn(int left, int right, String words) {
    // Evenly over the three rows, so that no level has half of them.
    var sharp = List.of(left, 0, right, left, 0, right, left, 0, right);
    assertThat(new FocusMap(sharp, softly(9)).words()).isEqualTo(words);
  }

  private static List<Integer> softly(int cells) {
    return List.of(cells, cells, cells, cells, cells, cells, cells, cells, cells);
  }

  private static String words(Paint paint) {
    return FocusMap.of(Painted.pixels(paint)).words();
  }
}
