package dev.darkroom.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderZipTest {

  private static final FileTime THEN = FileTime.fromMillis(1_700_000_000_000L);

  @TempDir Path folder;
  @TempDir Path elsewhere;

  private void put(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, THEN);
  }

  private StoredZip zip() throws IOException {
    return FolderZip.of(folder).read(_ -> {});
  }

  private static byte[] bytes(StoredZip zip, long from) throws IOException {
    try (var in = zip.from(from)) {
      return in.readAllBytes();
    }
  }

  private List<String> entries(byte[] zip) throws IOException {
    Path file = Files.write(elsewhere.resolve("made.zip"), zip);
    List<String> entries = new ArrayList<>();
    try (var opened = new ZipFile(file.toFile())) {
      for (ZipEntry entry : opened.stream().toList()) {
        // Reads all of it, and with it the checksum.
        byte[] content = opened.getInputStream(entry).readAllBytes();
        entries.add(entry.getName() + "=" + new String(content, StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  @Test
  void storesItsFilesByName() throws IOException {
    put("b.jpg", "second");
    put("a/été 写真.jpg", "first");
    put("a/empty.txt", "");
    byte[] zip = bytes(zip(), 0);
    assertThat(entries(zip)).containsExactly("a/empty.txt=", "a/été 写真.jpg=first", "b.jpg=second");
    assertThat((long) zip.length).isEqualTo(zip().length());
  }

  @Test
  void isTheSameFromAnyPlaceOn() throws IOException {
    for (int i = 0; i < 20; i++) put("%02d.jpg".formatted(i), "x".repeat(i * 7));
    byte[] whole = bytes(zip(), 0);
    for (int from = 0; from <= whole.length; from++) {
      assertThat(bytes(zip(), from)).isEqualTo(Arrays.copyOfRange(whole, from, whole.length));
    }
  }

  @Test
  void leavesOutWhatTheServerWouldIgnoreAndFollowsNoLink() throws IOException {
    put("a.jpg", "1");
    put("a.txt", "2");
    put("metadata.jsonl", "3");
    for (String junk :
        List.of(".DS_Store", "._a.jpg", "__MACOSX/a.jpg", ".git/a.jpg", "Thumbs.db", "x.zip")) {
      put(junk, "junk");
    }
    Files.createSymbolicLink(folder.resolve("link.jpg"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(folder.resolve("up"), folder.getParent());
    var found = FolderZip.of(folder);
    assertThat(entries(bytes(found.read(_ -> {}), 0)))
        .containsExactly("a.jpg=1", "a.txt=2", "metadata.jsonl=3");
    assertThat(found.junk()).isEqualTo(6);
    assertThat(found.special()).isEqualTo(2);
    assertThat(found.size()).isEqualTo(3);
  }

  @Test
  void takesTheImagesOfAFolderThatIsCalledLikeAnArchive() throws IOException {
    for (String name : List.of("old.zip", "b.tar", "c.gz", "d.7z", "E.RAR")) {
      put(name + "/a.jpg", "1");
    }
    put("__macosx/a.jpg", "junk");
    var found = FolderZip.of(folder);
    assertThat(found.files()).isEqualTo(5);
    assertThat(found.junk()).isEqualTo(1);
  }

  @Test
  void isAnotherOneWhenAFileIs() throws IOException {
    put("a.jpg", "1");
    String before = FolderZip.of(folder).identity();
    assertThat(FolderZip.of(folder).identity()).isEqualTo(before);
    Files.setLastModifiedTime(folder.resolve("a.jpg"), FileTime.fromMillis(0));
    String touched = FolderZip.of(folder).identity();
    put("b.jpg", "2");
    assertThat(FolderZip.of(folder).identity()).isNotIn(before, touched);
  }

  @Test
  void saysThatAFileChangedBeforeItWasSent() throws IOException {
    put("a.jpg", "before");
    var zip = zip();
    put("a.jpg", "after!!");
    assertThatThrownBy(() -> bytes(zip, 0))
        .isInstanceOf(ChangedException.class)
        .hasMessageContaining("a.jpg was changed while it was read.");
  }

  @Test
  void saysThatAFileChangedWhileItWasSent() throws IOException {
    put("a.jpg", "x".repeat(100));
    var zip = zip();
    try (var in = zip.from(0)) {
      in.readNBytes(60);
      Files.setLastModifiedTime(folder.resolve("a.jpg"), FileTime.fromMillis(0));
      assertThatThrownBy(in::readAllBytes).isInstanceOf(ChangedException.class);
    }
  }

  @Test
  void holdsMoreFilesThanAPlainZipCan() throws IOException {
    put("a.jpg", "1");
    var file = LocalFile.of(folder.resolve("a.jpg"));
    List<StoredZip.Entry> entries = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      entries.add(new StoredZip.Entry("%05d.jpg".formatted(i), file, 0x83dcefb7L));
    }
    Path made = elsewhere.resolve("many.zip");
    try (var in = StoredZip.of(entries).from(0)) {
      Files.copy(in, made);
    }
    try (var opened = new ZipFile(made.toFile())) {
      assertThat(opened.size()).isEqualTo(70_000);
      assertThat(opened.getInputStream(opened.getEntry("69999.jpg"))).hasContent("1");
    }
  }

  /// A sparse file of 5 GB, of which only the records around it are written and read.
  @Test
  void holdsFilesAndOffsetsBeyondFourGigabytes() throws IOException {
    Path large = folder.resolve("large.jpg");
    try (var sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(5_000_000_000L);
    }
    put("z.jpg", "behind");
    var zip =
        StoredZip.of(
            List.of(
                new StoredZip.Entry("large.jpg", LocalFile.of(large), 0),
                new StoredZip.Entry("z.jpg", LocalFile.of(folder.resolve("z.jpg")), 0xad193be4L)));
    Path made = elsewhere.resolve("large.zip");
    long behind = 5_000_000_000L;
    try (var out = new RandomAccessFile(made.toFile(), "rw");
        var head = zip.from(0);
        var tail = zip.from(behind)) {
      out.write(head.readNBytes(1000));
      out.seek(behind);
      out.write(tail.readAllBytes());
    }
    try (var opened = new ZipFile(made.toFile())) {
      assertThat(opened.getEntry("large.jpg").getSize()).isEqualTo(5_000_000_000L);
      assertThat(opened.getInputStream(opened.getEntry("large.jpg")).readNBytes(9)).containsOnly(0);
      assertThat(opened.getInputStream(opened.getEntry("z.jpg"))).hasContent("behind");
    }
  }
}
