package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.bulkupload.Duplicates.Image;
import dev.darkroom.bulkupload.Duplicates.Near;
import dev.darkroom.dataset.ImageFingerprint;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DuplicateSearchTest {

  private static final long HASH = 0x0F0F_F0F0_3C3C_C3C3L;

  @Test
  void groupsPicturesThatLookLikeTheFirstOfThem() {
    var groups = near(HASH, ~HASH, HASH ^ 0b11, ~HASH ^ 1, HASH ^ 1);
    assertThat(groups)
        .extracting(DuplicateSearchTest::ordinals)
        .containsExactly(List.of(0, 2, 4), List.of(1, 3));
    assertThat(groups).extracting(Near::distance).containsExactly(2, 1);
  }

  @Test
  void buildsNoChains() {
    var groups = near(HASH, HASH ^ 0b11_1111, HASH ^ 0b1111_1111_1111);
    assertThat(groups).extracting(DuplicateSearchTest::ordinals).containsExactly(List.of(0, 1));
  }

  @Test
  void findsNoneAmongFlatPictures() {
    assertThat(near(0, 0, 0, 0)).isEmpty();
  }

  private static List<Near> near(long... hashes) {
    return DuplicateSearch.near(
        IntStream.range(0, hashes.length)
            .mapToObj(n -> new ImageFingerprint(100 + n, n + ".jpg", n, "sha" + n, hashes[n]))
            .toList());
  }

  private static List<Integer> ordinals(Near group) {
    return group.images().stream().map(Image::ordinal).toList();
  }
}
