package dev.darkroom.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;

class ZipArchiveTest {

  private static final long GIB = 1L << 30;

  private static final List<FileEntry> FILES =
      List.of(
          TestFiles.text("a.jpg", "first"),
          TestFiles.text("日本/é.txt", "second"),
          TestFiles.text("empty.txt", ""),
          TestFiles.text("metadata.jsonl", "{}\n".repeat(100)));

  @Test
  void holdsItsFiles() throws IOException {
    assertThat(read(ZipArchive.of(FILES)))
        .containsExactly(
            Map.entry("a.jpg", "first"),
            Map.entry("日本/é.txt", "second"),
            Map.entry("empty.txt", ""),
            Map.entry("metadata.jsonl", "{}\n".repeat(100)));
  }

  @Test
  void isTheSameEveryTime() {
    assertThat(Sent.all(ZipArchive.of(FILES))).isEqualTo(Sent.all(ZipArchive.of(FILES)));
  }

  @Test
  void isTheSameByWhateverRangesItIsSent() {
    var zip = ZipArchive.of(FILES);
    var all = Sent.all(zip);
    assertThat(all).hasSize(Math.toIntExact(zip.length()));
    for (int from = 0; from < all.length; from++) {
      for (int length : new int[] {1, 7, 100, all.length - from}) {
        int end = Math.min(all.length, from + length);
        assertThat(Sent.range(zip, from, end - from)).isEqualTo(Arrays.copyOfRange(all, from, end));
      }
    }
  }

  @Test
  void isWhatOthersTakeForAZip() {
    var zip = Sent.all(ZipArchive.of(FILES));
    assertThat(
            SecondOpinion.python(
                zip,
                "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), [len(i.filename) for i in z.infolist()], z.infolist()[0].date_time)"))
        .isEqualTo("None [5, 8, 9, 14] (1980, 1, 1, 0, 0, 0)");
  }

  @Test
  void isWhatUnzipTests() {
    assertThat(SecondOpinion.of(Sent.all(ZipArchive.of(FILES)), "unzip", "-tqq")).isEmpty();
  }

  @Test
  void isEmptyWhereThereIsNoFile() throws IOException {
    assertThat(read(ZipArchive.of(List.of()))).isEmpty();
    assertThat(ZipArchive.of(List.of()).length()).isEqualTo(22);
  }

  @Test
  void holdsMoreThanFourGigabytes() throws IOException {
    var zip =
        ZipArchive.of(
            List.of(
                TestFiles.zeros("a", 5 * GIB),
                TestFiles.text("b", "after it"),
                TestFiles.zeros("c", (1L << 32) - 1),
                TestFiles.text("d", "at the end")));
    try (var file = open(zip)) {
      assertThat(names(file)).containsExactly("a", "b", "c", "d");
      assertThat(file.getEntry("a").getSize()).isEqualTo(5 * GIB);
      assertThat(file.getEntry("c").getSize()).isEqualTo((1L << 32) - 1);
      assertThat(text(file, file.getEntry("b"))).isEqualTo("after it");
      assertThat(text(file, file.getEntry("d"))).isEqualTo("at the end");
    }
  }

  @Test
  void holdsMoreThan65534Files() throws IOException {
    var files =
        IntStream.range(0, 70_000).mapToObj(n -> TestFiles.text(n + ".txt", "n" + n)).toList();
    var zip = ZipArchive.of(files);
    try (var file = open(zip)) {
      assertThat(Collections.list(file.getEntries())).hasSize(70_000);
      assertThat(text(file, file.getEntry("69999.txt"))).isEqualTo("n69999");
    }
  }

  @Test
  void asksForNoChecksumThatIsNotSent() throws IOException {
    var asked = new ArrayList<String>();
    var files =
        List.of("a", "b").stream()
            .map(name ->
                new FileEntry(
                    name,
                    Header.of(name.repeat(50).getBytes(UTF_8)),
                    () -> {
                      asked.add(name);
                      return 0;
                    }))
            .toList();
    Sent.range(ZipArchive.of(files), 40, 10);
    assertThat(asked).isEmpty();
    Sent.range(ZipArchive.of(files), 90, 10);
    assertThat(asked).containsExactly("b");
  }

  static ZipFile open(Piece zip) throws IOException {
    return ZipFile.builder().setSeekableByteChannel(Sent.byRanges(zip)).get();
  }

  static Map<String, String> read(Piece zip) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    try (var file = open(zip)) {
      for (ZipArchiveEntry entry : Collections.list(file.getEntries())) {
        texts.put(entry.getName(), text(file, entry));
      }
    }
    return texts;
  }

  private static List<String> names(ZipFile file) {
    return Collections.list(file.getEntries()).stream().map(ZipArchiveEntry::getName).toList();
  }

  private static String text(ZipFile file, ZipArchiveEntry entry) throws IOException {
    try (var content = file.getInputStream(entry)) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }
}
