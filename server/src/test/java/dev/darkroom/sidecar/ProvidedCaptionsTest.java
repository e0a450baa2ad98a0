package dev.darkroom.sidecar;

import static dev.darkroom.archive.TestEntries.archive;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.EntryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvidedCaptionsTest {

  /// What became of an archive: for each image its caption or why it has none, for each text its
  /// reason.
  private final Map<String, String> outcome = new TreeMap<>();

  @Nested
  class Files {

    @ParameterizedTest
    @CsvSource({
      "a.jpg, a.txt",
      "a.jpg, a.jpg.txt",
      "a.jpg, a.caption",
      "a.jpg, a.jpg.caption",
      "x/a.jpg, x/A.JPG.TXT",
      "v1.2.jpg, v1.2.txt",
      "a, a.txt",
      "x\\a.jpg, x/a.txt",
      "./a.jpg, a.txt",
      "CAFE\u0301.JPG, caf\u00e9.TXT"
    })
    void giveTheirCaptionToTheImageOfTheirName(String image, String text) {
      read(archive(image, text));
      assertThat(outcome).containsEntry(image, "file " + text);
      assertThat(outcome).containsEntry(text, "used as a caption");
    }

    @ParameterizedTest
    @CsvSource({"x/a.jpg, a.txt", "a.jpg, x/a.txt", "v1.2.jpg, v1.txt", "a.jpg, b.caption"})
    void giveNoneToAnother(String image, String text) {
      read(archive(image, text));
      assertThat(outcome).containsEntry(image, "none");
      assertThat(outcome).containsEntry(text, "no image of this name");
    }

    @ParameterizedTest
    @CsvSource({
      "a.txt, a.jpg.txt",
      "a.txt, a.caption",
      "a.jpg.txt, a.caption",
      "a.caption, a.jpg.caption"
    })
    void comeInAnOrder(String first, String second) {
      read(archive(second, first, "a.jpg"));
      assertThat(outcome).containsEntry("a.jpg", "file " + first);
      assertThat(outcome)
          .containsEntry(second, "ambiguous: %s is the caption of a.jpg".formatted(first));
    }

    @Test
    void serveEveryImageOfTheirName() {
      read(archive("a.jpg", "a.png", "a.txt", "a.png.txt"));
      assertThat(outcome).containsEntry("a.jpg", "file a.txt");
      assertThat(outcome).containsEntry("a.png", "file a.txt");
      assertThat(outcome).containsEntry("a.png.txt", "ambiguous: a.txt is the caption of a.png");
    }

    @Test
    void winByTheExactCase() {
      read(archive("a.txt", "A.txt", "A.jpg"));
      assertThat(outcome).containsEntry("A.jpg", "file A.txt");
      assertThat(outcome).containsEntry("a.txt", "ambiguous: A.txt is the caption of A.jpg");
    }

    @Test
    void winByTheirPlaceWhereNoCaseIsExact() {
      read(archive("bA.txt", "Ba.txt", "BA.jpg"));
      assertThat(outcome).containsEntry("BA.jpg", "file bA.txt");
    }

    @Test
    void areNoneOfAnotherExtension() {
      read(archive("a.jpg", "a.json"));
      assertThat(outcome)
          .containsEntry(
              "a.json",
              "only .txt and .caption files, metadata.jsonl and metadata.csv hold captions");
    }
  }

  @Nested
  class Metadata {

    @ParameterizedTest
    @CsvSource({
      "a.jpg, metadata.csv, a.jpg",
      "x/a.jpg, x/metadata.csv, a.jpg",
      "x/y/a.jpg, x/metadata.csv, y/a.jpg",
      "x/y/a.jpg, METADATA.CSV, x\\y\\a.jpg",
      "x/a.jpg, metadata.csv, ./x/A.JPG",
      "x\\a.jpg, metadata.csv, x/a.jpg",
      "caf\u00e9.jpg, metadata.csv, cafe\u0301.jpg"
    })
    void givesItsCaptionsToTheImagesThatItNames(String image, String file, String named) {
      read(archive(image, file), Map.of(file, "file_name,text\n" + named + ",a barn"));
      assertThat(outcome).containsEntry(image, "a barn");
      assertThat(outcome).containsEntry(file, "used as captions of 1 image");
    }

    @Test
    void comesAfterTheFilesAndTheNearestFirst() {
      read(
          archive(
              "metadata.jsonl", "x/metadata.csv", "x/a.jpg", "x/b.jpg", "x/c.jpg", "x/a.caption"),
          Map.of(
              "metadata.jsonl",
              jsonLine("x/a.jpg", "top a")
                  + jsonLine("x/b.jpg", "top b")
                  + jsonLine("x/c.jpg", "top c"),
              "x/metadata.csv",
              "file_name,text\na.jpg,own a\nb.jpg,own b"));
      assertThat(outcome)
          .containsEntry("x/a.jpg", "file x/a.caption")
          .containsEntry("x/b.jpg", "own b")
          .containsEntry("x/c.jpg", "top c")
          .containsEntry(
              "metadata.jsonl",
              "used as captions of 1 image; 2 rows ambiguous: the image has another caption, such as 'x/a.jpg'")
          .containsEntry(
              "x/metadata.csv",
              "used as captions of 1 image; 1 row ambiguous: the image has another caption, such as 'a.jpg'");
    }

    @Test
    void isReadFromJsonLinesFirst() {
      read(
          archive("metadata.csv", "metadata.jsonl", "a.jpg"),
          Map.of(
              "metadata.csv",
              "file_name,text\na.jpg,csv",
              "metadata.jsonl",
              jsonLine("a.jpg", "lines")));
      assertThat(outcome).containsEntry("a.jpg", "lines");
    }

    @Test
    void tellsRowsWithoutAnImage() {
      read(
          archive("metadata.csv", "a.jpg"),
          Map.of("metadata.csv", "file_name,text\na.jpg,a\nb.jpg,b\n\"c\u0001.jpg\",c"));
      assertThat(outcome)
          .containsEntry(
              "metadata.csv",
              "used as captions of 1 image; 2 rows naming no image, such as 'b.jpg'");
    }

    @Test
    void takesTheFirstOfTwoRowsForAnImageButTheExactCaseBefore() {
      read(
          archive("metadata.csv", "a.jpg", "B.jpg"),
          Map.of("metadata.csv", "file_name,text\na.jpg,one\na.jpg,two\nb.jpg,low\nB.jpg,high"));
      assertThat(outcome)
          .containsEntry("a.jpg", "one")
          .containsEntry("B.jpg", "high")
          .containsEntry(
              "metadata.csv",
              "used as captions of 2 images; 2 rows ambiguous: the image is named before, such as 'a.jpg'");
    }

    @Test
    void namesBothImagesOfOneName() {
      read(
          archive("metadata.csv", "a.jpg", "A.jpg"),
          Map.of("metadata.csv", "file_name,text\na.jpg,one"));
      assertThat(outcome).containsEntry("a.jpg", "one").containsEntry("A.jpg", "one");
      assertThat(outcome).containsEntry("metadata.csv", "used as captions of 2 images");
    }

    @Test
    void tellsTheFirstLineThatIsNoRow() {
      read(
          archive("metadata.jsonl", "a.jpg"),
          Map.of("metadata.jsonl", "\n{]\n" + jsonLine("a.jpg", "a barn") + "7\n"));
      assertThat(outcome)
          .containsEntry("a.jpg", "a barn")
          .containsEntry(
              "metadata.jsonl",
              "used as captions of 1 image; 2 lines not used: line 2 is no JSON object");
    }

    @Test
    void failsTheImageOfABlankCaption() {
      read(archive("metadata.csv", "a.jpg"), Map.of("metadata.csv", "file_name,text\na.jpg, "));
      assertThat(outcome)
          .containsEntry(
              "a.jpg", "caption.blank: The caption in line 2 of metadata.csv is blank; write one.")
          .containsEntry(
              "metadata.csv", "used as captions of 0 images; 1 caption blank or unreadable");
    }

    @Test
    void failsTheImagesThatOnlyAnUnreadableFileCanName() {
      List<ArchiveEntry> archive =
          archive(
              "x/metadata.csv",
              "metadata.csv",
              "x/a.jpg",
              "x/b.jpg",
              "x/c.jpg",
              "x/c.txt",
              "d.jpg");
      read(
          archive,
          List.of(
              new MetadataFile.Unreadable(archive.getFirst(), "It is damaged."),
              file(archive.get(1), "file_name,text\nx/a.jpg,a barn")));
      assertThat(outcome)
          .containsEntry("x/a.jpg", "a barn")
          .containsEntry(
              "x/b.jpg",
              "caption.unreadable: The caption in x/metadata.csv cannot be read. It is damaged.")
          .containsEntry("x/c.jpg", "file x/c.txt")
          .containsEntry("d.jpg", "none")
          .containsEntry("x/metadata.csv", "cannot be read: It is damaged.");
    }

    @Test
    void showsLongNamesCut() {
      read(
          archive("metadata.csv", "a.jpg"),
          Map.of("metadata.csv", "file_name,text\n" + "x".repeat(5000) + ",a"));
      assertThat(outcome.get("metadata.csv")).endsWith("such as '" + "x".repeat(100) + "'");
    }
  }

  private void read(List<ArchiveEntry> archive) {
    read(archive, List.of());
  }

  private void read(List<ArchiveEntry> archive, Map<String, String> texts) {
    List<MetadataFile> files = new ArrayList<>();
    for (ArchiveEntry entry : archive) {
      if (texts.containsKey(entry.name())) files.add(file(entry, texts.get(entry.name())));
    }
    read(archive, files);
  }

  private void read(List<ArchiveEntry> archive, List<MetadataFile> metadata) {
    var captions = new ProvidedCaptions(archive, metadata);
    for (ArchiveEntry entry : archive) {
      if (entry.kind() == EntryKind.IMAGE) outcome.put(entry.name(), shown(captions.of(entry)));
    }
    for (ArchiveEntry entry : archive) {
      if (entry.kind() == EntryKind.TEXT) outcome.put(entry.name(), captions.reason(entry));
    }
  }

  private static MetadataFile file(ArchiveEntry entry, String text) {
    MetadataText.CaptionCheck check =
        (line, caption) ->
            CaptionText.ofMetadata("line " + line + " of " + entry.name(), caption, 100);
    return new MetadataFile.Read(
        entry,
        entry.name().endsWith("jsonl")
            ? MetadataText.jsonLines(text, check)
            : MetadataText.csv(text, check));
  }

  private static String shown(ProvidedCaption caption) {
    return switch (caption) {
      case ProvidedCaption.None _ -> "none";
      case ProvidedCaption.InFile(var file) -> "file " + file.name();
      case ProvidedCaption.InMetadata(String text) -> text;
      case ProvidedCaption.Unusable(var failure) -> failure.type() + ": " + failure.message();
    };
  }

  private static String jsonLine(String fileName, String text) {
    return "{\"file_name\": \"%s\", \"text\": \"%s\"}\n".formatted(fileName, text);
  }
}
