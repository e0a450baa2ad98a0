package dev.darkroom.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardsTest {

  private static final long GIB = 1L << 30;

  @Test
  void holdAThousandImages() {
    assertThat(Shards.starts(Collections.nCopies(2001, 1L))).containsExactly(0, 1000, 2000);
    assertThat(Shards.starts(Collections.nCopies(1000, 1L))).containsExactly(0);
  }

  @Test
  void holdAGigabyteOrOneImageThatIsLarger() {
    assertThat(Shards.starts(List.of(GIB / 2, GIB / 2, 1L, 3 * GIB, 1L)))
        .containsExactly(0, 2, 3, 4);
  }

  @Test
  void areOneWhereThereIsNoImage() {
    assertThat(Shards.starts(List.of())).containsExactly(0);
  }
}
