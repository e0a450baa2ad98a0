package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PerceptualHashTest {

  @Test
  void setsABitWhereTheLeftIsBrighter() {
    assertThat(PerceptualHash.of(IntStream.range(0, 72).map(i -> 100 - i).toArray())).isEqualTo(-1);
    assertThat(PerceptualHash.of(IntStream.range(0, 72).toArray())).isZero();
    assertThat(PerceptualHash.of(new int[72])).isZero();
  }

  @Test
  void beginsAtTheTopLeftWithTheMostSignificantBit() {
    var first = new int[72];
    first[0] = 1;
    var lastOfTheFirstRow = new int[72];
    lastOfTheFirstRow[7] = 1;
    var last = new int[72];
    last[70] = 1;

    assertThat(PerceptualHash.of(first)).isEqualTo(Long.MIN_VALUE);
    assertThat(PerceptualHash.of(lastOfTheFirstRow)).isEqualTo(1L << 56);
    assertThat(PerceptualHash.of(last)).isEqualTo(1);
  }

  @Test
  void comparesNothingAcrossRows() {
    var grey = new int[72];
    grey[8] = 1;

    assertThat(PerceptualHash.of(grey)).isZero();
  }

  @Test
  void countsTheComparisonsThatDiffer() {
    assertThat(PerceptualHash.distance(5, 5)).isZero();
    assertThat(PerceptualHash.distance(0b1011, 0b0001)).isEqualTo(2);
    assertThat(PerceptualHash.distance(0, -1)).isEqualTo(64);
  }

  @Test
  void needsAllValues() {
    assertThatIllegalArgumentException().isThrownBy(() -> PerceptualHash.of(new int[64]));
  }
}
