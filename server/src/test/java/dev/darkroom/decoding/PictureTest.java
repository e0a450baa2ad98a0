package dev.darkroom.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class PictureTest {

  @Test
  void hashesABitWhereAPictureGrowsBrighterToTheRight() {
    assertThat(picture((x, _) -> x).differenceHash()).isEqualTo(-1);
    assertThat(picture((x, _) -> 255 - x).differenceHash()).isZero();
    assertThat(picture((_, y) -> y).differenceHash()).isZero();
  }

  @Test
  void hashesFromTheTopDown() {
    long topHalf = picture((x, y) -> y < 40 ? x : 255 - x).differenceHash();

    assertThat(topHalf).isEqualTo(0xFFFFFFFF_00000000L);
  }

  @Test
  void reducesToTheAverageOfTheAreaThatAPixelCovers() {
    int[] row = {0, 90, 180, 30, 60};

    var reduced =
        AreaReduction.reduce(
            5, 1, (_, target) -> System.arraycopy(row, 0, target, 0, row.length), 2, 1);

    assertThat(reduced.rgb()).containsExactly(72, 72);
  }

  @Test
  void stretchesWhatIsSmallerThanItsTarget() {
    var reduced = AreaReduction.reduce(1, 1, (_, target) -> target[0] = 0x102030, 3, 2);

    assertThat(reduced.rgb()).hasSize(6).containsOnly(0x102030);
  }

  private static Picture picture(IntBinaryOperator grey) {
    var rgb = new int[90 * 80];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = grey.applyAsInt(i % 90, i / 90) * 0x010101;
    }
    return new Picture(90, 80, rgb);
  }
}
