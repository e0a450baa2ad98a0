package dev.darkroom.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DifferenceHashTest {

  @Test
  void setsABitWhereThePictureGetsBrighterToTheRight() {
    assertThat(DifferenceHash.ofCells(cells((_, column) -> 10 * column))).isEqualTo(-1L);
    assertThat(DifferenceHash.ofCells(cells((_, column) -> 200 - 10 * column))).isZero();
    assertThat(DifferenceHash.ofCells(cells((_, _) -> 90))).isZero();
  }

  @Test
  void setsNoBitForAStepOfTwoLevels() {
    assertThat(DifferenceHash.ofCells(cells((_, column) -> 2 * column))).isZero();
    assertThat(DifferenceHash.ofCells(cells((_, column) -> 3 * column))).isEqualTo(-1L);
  }

  @Test
  void isTheSameHoweverAFlatAreaIsRounded() {
    var object = cells((row, column) -> row == 4 && column == 4 ? 30 : 200);
    var rounded =
        cells((row, column) -> row == 4 && column == 4 ? 30 : 199 + (row * 7 + column * 5) % 3);
    assertThat(DifferenceHash.ofCells(rounded)).isEqualTo(DifferenceHash.ofCells(object));
  }

  @Test
  void putsTheFirstComparisonIntoTheHighestBitAndTheLastIntoTheLowest() {
    assertThat(DifferenceHash.ofCells(cells((row, column) -> row == 0 && column == 1 ? 9 : 0)))
        .isEqualTo(1L << 63);
    assertThat(DifferenceHash.ofCells(cells((row, column) -> row == 7 && column == 8 ? 9 : 0)))
        .isEqualTo(1L);
  }

  @Test
  void weighsGreenOverBlue() {
    byte[] rgb = new byte[9 * 8 * 3];
    rgb[2] = 100;
    rgb[4] = 50;
    assertThat(DifferenceHash.ofCells(rgb)).isEqualTo(1L << 63);
  }

  @Test
  void refusesAnotherNumberOfCells() {
    assertThatThrownBy(() -> DifferenceHash.ofCells(new byte[72]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  interface Grey {
    int at(int row, int column);
  }

  private static byte[] cells(Grey grey) {
    byte[] rgb = new byte[9 * 8 * 3];
    for (int i = 0; i < rgb.length; i++) rgb[i] = (byte) grey.at(i / 27, i / 3 % 9);
    return rgb;
  }
}
