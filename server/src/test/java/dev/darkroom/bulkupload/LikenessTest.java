package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LikenessTest {

  private static final long HASH = 0x0F0F_F0F0_3C3C_C3C3L;

  @Test
  void holdsUpToSixBits() {
    assertThat(Likeness.isNear(HASH, HASH)).isTrue();
    assertThat(Likeness.isNear(HASH, HASH ^ 0b111111)).isTrue();
    assertThat(Likeness.isNear(HASH, HASH ^ 0b1111111)).isFalse();
  }

  @Test
  void isNotToldOfPicturesThatAreNearlyFlat() {
    assertThat(Likeness.isNear(0, 0)).isFalse();
    assertThat(Likeness.isNear(0b111, 0b111)).isFalse();
    assertThat(Likeness.isNear(0b1111, 0b1111)).isTrue();
  }

  @Test
  void isNotToldOfPicturesThatGetBrighterAllTheWay() {
    assertThat(Likeness.isNear(-1, -1)).isFalse();
    assertThat(Likeness.isNear(-1L << 3, -1L << 3)).isFalse();
    assertThat(Likeness.isNear(-1L << 4, -1L << 4)).isTrue();
  }

  @Test
  void asksForMoreWhereFewBitsAreSet() {
    assertThat(Likeness.isNear(0b1111, 0b11110000)).isFalse();
    assertThat(Likeness.isNear(0b111111, 0b1111110)).isTrue();
  }
}
