package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PerceptualHashTest {

  @Test
  void countsTheComparisonsThatDiffer() {
    assertThat(PerceptualHash.distance(5, 5)).isZero();
    assertThat(PerceptualHash.distance(0b1011, 0b0001)).isEqualTo(2);
    assertThat(PerceptualHash.distance(0, -1)).isEqualTo(64);
  }
}
