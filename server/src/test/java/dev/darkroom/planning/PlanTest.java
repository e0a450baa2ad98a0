package dev.darkroom.planning;

import static dev.darkroom.archive.TestEntries.archive;
import static dev.darkroom.archive.TestEntries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.planning.Plan.FailedImage;
import dev.darkroom.planning.Plan.IgnoredEntry;
import dev.darkroom.planning.Plan.ImageToRead;
import dev.darkroom.sidecar.ProvidedCaption;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlanTest {

  @Test
  void failsAnImageWithoutACaptionWhereNoneIsGenerated() {
    var plan = legacy(archive("a.jpg", "b.jpg", "b.txt"), false);
    assertThat(plan.failed()).isEqualTo(1);
    assertThat(plan.entries().getFirst()).isInstanceOf(FailedImage.class);
    assertThat(plan.total()).isEqualTo(2);
  }

  @Test
  void readsAnImageWithoutACaptionWhereOneIsGenerated() {
    var plan = legacy(archive("a.jpg"), true);
    assertThat(plan.entries().getFirst())
        .isEqualTo(new ImageToRead(archive("a.jpg").getFirst(), 0, new ProvidedCaption.None()));
  }

  @Test
  void ignoresTextInAFiboArchive() {
    var plan = Plan.fibo(archive("a.jpg", "a.txt", "metadata.csv"));
    assertThat(plan.entries().subList(1, 3))
        .extracting(entry -> ((IgnoredEntry) entry).reason())
        .containsOnly("text, which a FIBO dataset does not take");
  }

  @Nested
  class Chunks {

    @Test
    void holdAtMost64Images() {
      var plan = Plan.fibo(archive(images(130)));
      assertThat(plan.chunks()).isEqualTo(3);
      assertThat(imagesByChunk(plan)).containsExactly(64L, 64L, 2L);
    }

    @Test
    void holdAtMost32MegabytesUnlessOneImageDoes() {
      List<ArchiveEntry> large =
          List.of(
              entry(0, "a.jpg", 20 << 20),
              entry(1, "b.jpg", 20 << 20),
              entry(2, "c.jpg", 64 << 20));
      assertThat(imagesByChunk(Plan.fibo(large))).containsExactly(1L, 1L, 1L);
    }

    @Test
    void areNoneWhereEveryImageFailsAtOnce() {
      var plan = legacy(archive("a.jpg"), false);
      assertThat(plan.chunks()).isZero();
      assertThat(plan.failed()).isEqualTo(plan.total());
    }
  }

  @Test
  void accountsForEveryEntry() {
    var plan = legacy(archive("a.jpg", "a.txt", "b.jpg", "x.txt", "notes.md"), false);
    assertThat(plan.total() + plan.ignored()).isEqualTo(plan.entries().size()).isEqualTo(5);
    assertThat(plan.entries())
        .extracting(each -> each.entry().ordinal())
        .containsExactly(0, 1, 2, 3, 4);
  }

  private static Plan legacy(List<ArchiveEntry> archive, boolean automaticCaptioning) {
    return Plan.legacy(archive, List.of(), automaticCaptioning);
  }

  private static List<Long> imagesByChunk(Plan plan) {
    return List.copyOf(
        plan.entries().stream()
            .map(ImageToRead.class::cast)
            .collect(Collectors.groupingBy(ImageToRead::chunk, TreeMap::new, Collectors.counting()))
            .values());
  }

  private static String[] images(int count) {
    return IntStream.range(0, count).mapToObj("%04d.jpg"::formatted).toArray(String[]::new);
  }
}
