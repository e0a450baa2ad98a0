package dev.darkroom.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class TarArchiveTest {

  private static final String LONG = "folder/" + "x".repeat(200) + ".jpg";

  private static final List<FileEntry> FILES =
      List.of(
          TestFiles.text("a.jpg", "first"),
          TestFiles.text("日本/é.txt", "second"),
          TestFiles.text(LONG, "y".repeat(512)),
          TestFiles.text("empty.txt", ""));

  @Test
  void holdsItsFiles() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(bytes()))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        texts.put(entry.getName(), new String(tar.readAllBytes(), UTF_8));
      }
    }
    assertThat(texts)
        .containsExactly(
            Map.entry("a.jpg", "first"),
            Map.entry("日本/é.txt", "second"),
            Map.entry(LONG, "y".repeat(512)),
            Map.entry("empty.txt", ""));
  }

  @Test
  void isTheSameByWhateverRangesItIsSent() {
    var tar = TarArchive.of(FILES);
    var all = bytes();
    assertThat(all).hasSize(Math.toIntExact(tar.length())).isEqualTo(bytes());
    for (int from = 0; from < all.length; from += 101) {
      assertThat(Sent.range(tar, from, all.length - from))
          .isEqualTo(Arrays.copyOfRange(all, from, all.length));
    }
  }

  @Test
  void isWhatOthersTakeForATar() {
    assertThat(
            SecondOpinion.python(
                bytes(),
                "import sys,tarfile; t=tarfile.open(sys.argv[1], 'r:'); print([(len(m.name), m.size, m.mtime, oct(m.mode)) for m in t], t.extractfile('a.jpg').read())"))
        .isEqualTo(
            "[(5, 5, 0, '0o644'), (8, 6, 0, '0o644'), (211, 512, 0, '0o644'), (9, 0, 0, '0o644')] b'first'");
  }

  private static byte[] bytes() {
    return Sent.all(TarArchive.of(FILES));
  }
}
