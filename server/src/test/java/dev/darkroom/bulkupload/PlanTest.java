package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.EntryKind;
import dev.darkroom.bulkupload.Plan.FailedImage;
import dev.darkroom.bulkupload.Plan.IgnoredEntry;
import dev.darkroom.bulkupload.Plan.ImageToRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static final int KILOBYTE = 1024;

  @Nested
  class Captions {

    @Test
    void pairsATextWithEveryImageOfItsName() {
      var plan = Plan.legacy(archive("a.jpg", "a.png", "a.txt", "b.jpg", "b.txt"), false);
      assertThat(captions(plan)).containsExactly("a.jpg=a.txt", "a.png=a.txt", "b.jpg=b.txt");
    }

    @Test
    void looksInTheSameFolderOnly() {
      var plan = Plan.legacy(archive("x/a.jpg", "a.txt", "y/a.txt"), true);
      assertThat(captions(plan)).containsExactly("x/a.jpg=none");
      assertThat(reasons(plan))
          .containsExactly("a.txt: no image of this name", "y/a.txt: no image of this name");
    }

    @Test
    void comparesNamesWithoutCaseAndInNfc() {
      var plan = Plan.legacy(archive("CAFE\u0301.JPG", "caf\u00e9.TXT"), false);
      assertThat(captions(plan)).containsExactly("CAFE\u0301.JPG=caf\u00e9.TXT");
    }

    @Test
    void prefersTheExactCase() {
      var plan = Plan.legacy(archive("a.txt", "A.txt", "A.jpg"), false);
      assertThat(captions(plan)).containsExactly("A.jpg=A.txt");
      assertThat(reasons(plan))
          .containsExactly(
              "a.txt: ambiguous: another text of the same name is the caption",
              "A.txt: used as a caption");
    }

    @Test
    void takesTheFirstWhereNoCaseIsExact() {
      var plan = Plan.legacy(archive("bA.txt", "Ba.txt", "BA.jpg"), false);
      assertThat(captions(plan)).containsExactly("BA.jpg=bA.txt");
    }

    @Test
    void readsTheNameUpToTheLastDot() {
      var plan = Plan.legacy(archive("v1.2.jpg", "v1.2.txt", "v1.txt"), false);
      assertThat(captions(plan)).containsExactly("v1.2.jpg=v1.2.txt");
    }

    @Test
    void failsAnImageWithoutATextWhereNoneIsGenerated() {
      var plan = Plan.legacy(archive("a.jpg", "b.jpg", "b.txt"), false);
      assertThat(plan.failed()).isEqualTo(1);
      assertThat(plan.entries().getFirst()).isInstanceOf(FailedImage.class);
      assertThat(plan.total()).isEqualTo(2);
    }

    @Test
    void readsAnImageWithoutATextWhereOneIsGenerated() {
      var plan = Plan.legacy(archive("a.jpg"), true);
      assertThat(captions(plan)).containsExactly("a.jpg=none");
    }

    @Test
    void takesOnlyTxtFilesForCaptions() {
      var plan = Plan.legacy(archive("a.jpg", "a.json"), true);
      assertThat(reasons(plan)).containsExactly("a.json: only .txt files hold captions");
    }

    @Test
    void ignoresTextInAFiboArchive() {
      var plan = Plan.fibo(archive("a.jpg", "a.txt"));
      assertThat(captions(plan)).containsExactly("a.jpg=none");
      assertThat(reasons(plan)).containsExactly("a.txt: text, which a FIBO dataset does not take");
    }
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
      var plan = Plan.legacy(archive("a.jpg"), false);
      assertThat(plan.chunks()).isZero();
      assertThat(plan.failed()).isEqualTo(plan.total());
    }
  }

  @Test
  void accountsForEveryEntry() {
    var plan = Plan.legacy(archive("a.jpg", "a.txt", "b.jpg", "x.txt", "notes.md"), false);
    assertThat(plan.total() + plan.ignored()).isEqualTo(plan.entries().size()).isEqualTo(5);
    assertThat(plan.entries())
        .extracting(each -> each.entry().ordinal())
        .containsExactly(0, 1, 2, 3, 4);
  }

  private static List<String> captions(Plan plan) {
    return plan.entries().stream()
        .filter(ImageToRead.class::isInstance)
        .map(ImageToRead.class::cast)
        .map(image -> image.entry().name() + "=" + captionName(plan, image))
        .toList();
  }

  private static String captionName(Plan plan, ImageToRead image) {
    Integer caption = image.caption();
    return caption == null ? "none" : plan.entries().get(caption).entry().name();
  }

  private static List<String> reasons(Plan plan) {
    return plan.entries().stream()
        .filter(IgnoredEntry.class::isInstance)
        .map(IgnoredEntry.class::cast)
        .map(ignored -> ignored.entry().name() + ": " + ignored.reason())
        .toList();
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

  private static List<ArchiveEntry> archive(String... names) {
    List<ArchiveEntry> entries = new ArrayList<>();
    for (String name : names) entries.add(entry(entries.size(), name, KILOBYTE));
    return entries;
  }

  private static ArchiveEntry entry(int ordinal, String name, long bytes) {
    var kind =
        name.toLowerCase(Locale.ROOT).matches(".*\\.(txt|json|md)")
            ? EntryKind.TEXT
            : EntryKind.IMAGE;
    long offset = ordinal * 100_000_000L;
    return new ArchiveEntry(
        ordinal, kind, name, 0, "", 0, 0, 0, bytes, bytes, offset, offset + bytes + 100);
  }
}
