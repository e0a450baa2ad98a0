package dev.darkroom.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleArchiveTest {

  @TempDir private Path folder;

  @Test
  void holdsWhatItSays() throws IOException {
    Path file = folder.resolve("samples.zip");
    var expected = SampleArchive.write(file, 20, 1);
    assertThat(expected).isEqualTo(new SampleArchive.Expected(20, 4, 3, 20));
    try (var zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      assertThat(entries).hasSize(27).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
      assertThat(entries).extracting(ZipEntry::getName).doesNotHaveDuplicates();
      assertThat(entries)
          .filteredOn(entry -> entry.getName().matches("[a-z-]+/\\d{4}\\.(jpg|png|webp)"))
          .hasSize(20);
      assertThat(zip.getEntry("broken/empty.png").getSize()).isZero();
    }
  }

  @Test
  void bringsATextForEveryThirdPicture() throws IOException {
    Path file = folder.resolve("texts.zip");
    var expected = SampleArchive.writeWithTexts(file, 6, 1);
    assertThat(expected).isEqualTo(new SampleArchive.Expected(6, 4, 5, 4));
    try (var zip = new ZipFile(file.toFile())) {
      List<String> names =
          Collections.list(zip.entries()).stream().<String>map(ZipEntry::getName).toList();
      assertThat(names)
          .contains("landscapes/0000.jpg", "landscapes/0000.txt")
          .filteredOn(name -> name.matches("[a-z-]+/\\d{4}\\.txt"))
          .hasSize(2);
    }
  }

  @Test
  void hasEveryFormatThatCanBeMade() throws IOException {
    Path file = folder.resolve("samples.zip");
    SampleArchive.write(file, 20, 1);
    try (var zip = new ZipFile(file.toFile())) {
      List<String> names =
          Collections.list(zip.entries()).stream().<String>map(ZipEntry::getName).toList();
      assertThat(names).anyMatch(name -> name.endsWith(".jpg"));
      assertThat(names).anyMatch(name -> name.matches("[a-z-]+/\\d+\\.png"));
      assertThat(names.stream().anyMatch(name -> name.endsWith(".webp")))
          .isEqualTo(SampleImages.canMake(SampleKind.WEBP));
    }
  }

  @Test
  void isTheSameForTheSameSeedAndAnotherForAnother() throws IOException {
    SampleArchive.write(folder.resolve("one.zip"), 6, 1);
    SampleArchive.write(folder.resolve("again.zip"), 6, 1);
    SampleArchive.write(folder.resolve("other.zip"), 6, 2);
    assertThat(folder.resolve("again.zip")).hasSameBinaryContentAs(folder.resolve("one.zip"));
    assertThat(Files.mismatch(folder.resolve("one.zip"), folder.resolve("other.zip")))
        .isNotEqualTo(-1);
  }

  @Test
  void goodPicturesAreLargeEnoughAndTheSmallOneIsNot() throws IOException {
    Path file = folder.resolve("samples.zip");
    SampleArchive.write(file, 12, 3);
    try (var zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.getName().matches("[a-z-]+/\\d+\\.(jpg|png)")) continue;
        var picture = ImageIO.read(zip.getInputStream(entry));
        assertThat(Math.min(picture.getWidth(), picture.getHeight())).isGreaterThanOrEqualTo(1024);
      }
      var small = zip.getInputStream(zip.getEntry("broken/too-small.jpg")).readAllBytes();
      assertThat(ImageIO.read(new ByteArrayInputStream(small)).getWidth()).isEqualTo(800);
    }
  }
}
