package dev.darkroom.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.sidecar.MetadataFile.MetadataRows;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTextTest {

  private static final int MAX_CAPTION_BYTES = 20;

  @Test
  void readsCsvWithAnyColumnsInAnyOrder() {
    var rows = csv(" text ,id,file_name\r\n\"a \"\"red\"\" barn, dusk\",7,a.jpg\r\n");
    assertThat(shown(rows)).containsExactly("2 a.jpg: a \"red\" barn, dusk");
    assertThat(rows.firstFault()).isNull();
  }

  @Test
  void readsTextsOfSeveralLines() {
    assertThat(shown(csv("file_name,text\na.jpg,\"a barn\n at dusk\"\n\nb.jpg,b")))
        .containsExactly("2 a.jpg: a barn\n at dusk", "5 b.jpg: b");
  }

  @Test
  void skipsARowOfTheWrongLength() {
    var rows = csv("file_name,text\na.jpg,a barn, at dusk\nb.jpg\nc.jpg,c");
    assertThat(shown(rows)).containsExactly("4 c.jpg: c");
    assertFaults(rows, 2, 2, "3 values for 2 columns");
  }

  @Test
  void stopsAtQuotesThatDoNotMatch() {
    var rows = csv("file_name,text\na.jpg,a\nb.jpg,\"b\" barn\nc.jpg,c");
    assertThat(shown(rows)).containsExactly("2 a.jpg: a");
    assertFaults(rows, 1, 3, "quotes");
    assertFaults(csv("file_name,text\na.jpg,\"a"), 1, 2, "quotes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"image,caption\na.jpg,a", "file_name;text\na.jpg;a", "\"file_name\na"})
  void tellsWhatIsNoTableOfCaptions(String text) {
    assertThat(csv(text).rows()).isEmpty();
    assertFaults(csv(text), 1, 1, "");
  }

  @Test
  void readsNothingFromNothing() {
    assertThat(csv("")).isEqualTo(MetadataRows.none());
    assertThat(lines("\n")).isEqualTo(MetadataRows.none());
  }

  @Test
  void readsJsonLines() {
    var rows =
        lines("{\"file_name\": \"a.jpg\", \"text\": \" a \\\"red\\\" barn\", \"id\": [1]}\r\n");
    assertThat(shown(rows)).containsExactly("1 a.jpg: a \"red\" barn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "{",
        "{} {}",
        "{\"file_name\": \"a.jpg\"}",
        "{\"file_name\": \"a.jpg\", \"text\": null}",
        "{\"file_name\": 7, \"text\": \"a\"}"
      })
  void skipsALineThatIsNoRow(String line) {
    var rows = lines(line + "\n{\"file_name\": \"b.jpg\", \"text\": \"b\"}");
    assertThat(shown(rows)).containsExactly("2 b.jpg: b");
    assertFaults(rows, 1, 1, "");
  }

  @Test
  void countsAnArrayNestedWithoutEndAsNoRow() {
    assertFaults(lines("[".repeat(100_000)), 1, 1, "is no JSON object");
  }

  @Test
  void holdsEachCaptionToItsLimit() {
    var rows = csv("file_name,text\na.jpg," + "é".repeat(10) + "\nb.jpg," + "é".repeat(11));
    assertThat(shown(rows).getFirst()).isEqualTo("2 a.jpg: " + "é".repeat(10));
    assertThat(shown(rows).getLast())
        .startsWith("3 b.jpg: caption.unreadable")
        .contains("22 bytes")
        .contains("20")
        .contains("max-caption-bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\ud800"})
  void refusesWhatIsNoTextThoughJsonCanSpellIt(String escape) {
    var rows = lines("{\"file_name\": \"a.jpg\", \"text\": \"x" + escape + "\"}");
    assertThat(shown(rows).getFirst()).contains("caption.unreadable");
  }

  private static void assertFaults(MetadataRows rows, int count, long line, String what) {
    assertThat(rows.faults()).isEqualTo(count);
    assertThat(rows.firstFault())
        .satisfies(fault -> {
          assertThat(fault.line()).isEqualTo(line);
          assertThat(fault.what()).contains(what);
        });
  }

  private static MetadataRows csv(String text) {
    return MetadataText.csv(text, MetadataTextTest::check);
  }

  private static MetadataRows lines(String text) {
    return MetadataText.jsonLines(text, MetadataTextTest::check);
  }

  private static ProvidedCaption check(long line, String text) {
    return CaptionText.ofMetadata("line " + line, text, MAX_CAPTION_BYTES);
  }

  private static List<String> shown(MetadataRows rows) {
    return rows.rows().stream()
        .map(row -> row.line() + " " + row.fileName() + ": " + shown(row.caption()))
        .toList();
  }

  private static String shown(ProvidedCaption caption) {
    return switch (caption) {
      case ProvidedCaption.InMetadata(String text) -> text;
      case ProvidedCaption.Unusable(var failure) -> failure.type() + ": " + failure.message();
      case ProvidedCaption.Usable other -> other.toString();
    };
  }
}
