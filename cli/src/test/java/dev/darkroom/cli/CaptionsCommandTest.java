package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionsCommandTest {

  @TempDir Path folder;

  private static JsonObject image(long id, String name, @Nullable String caption) {
    return JsonObject.builder()
        .value("id", id)
        .value("image_name", name)
        .value("ordinal", id)
        .value("caption", caption)
        .done();
  }

  private static FakeDarkroom server(String version, JsonObject... images) {
    return FakeDarkroom.start()
        .withDataset(JsonObject.builder().value("id", 12).value("training_version", version).done())
        .withImages(JsonArray.from((Object[]) images));
  }

  private static long puts(FakeDarkroom server) {
    return server.requests().stream().filter(request -> request.method().equals("PUT")).count();
  }

  private Typed run(FakeDarkroom server, int exitCode, String... arguments) {
    var typed = Typed.inAScript();
    assertThat(typed.runAt(server, arguments)).as(typed.err()).isEqualTo(exitCode);
    return typed;
  }

  private String[] captions(String command, Path target, String... more) {
    var line = new ArrayList<>(List.of("captions", command, "12", target.toString()));
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  @Test
  void exportsAFileForEachCaptionAndTakesBackWhatWasChanged() throws IOException {
    try (var server =
        server(
            "fibo",
            image(1, "shoot/a.jpg", "{\"context\":\"one\",\"n\":1}"),
            image(2, "shoot/a.png", "{\"context\":\"two\"}"),
            image(3, "b.jpg", null))) {
      var typed = run(server, 0, captions("export", folder));
      assertThat(typed.out())
          .startsWith("2 captions of dataset 12 in ")
          .contains("1 image without");
      assertThat(folder.resolve("shoot/a~1.json"))
          .hasContent("{\n  \"context\":\"one\",\n  \"n\":1\n}\n");
      assertThat(folder.resolve("shoot/a~2.json")).content().contains("two");
      assertThat(folder.resolve("b.json")).doesNotExist();

      assertThat(run(server, 0, captions("import", folder)).out())
          .isEqualTo("Dataset 12: 0 captions changed, 2 unchanged, 0 unknown, 0 refused.\n");
      assertThat(puts(server)).isZero();

      Files.writeString(folder.resolve("shoot/a~2.json"), "{ \"context\": \"other\" }");
      Files.writeString(folder.resolve("b.json"), "{\"context\": \"three\"}");
      assertThat(run(server, 0, captions("import", folder, "--dry-run")).out())
          .isEqualTo(
              "Dataset 12: 2 captions would be changed, 1 unchanged, 0 unknown, 0 refused.\n");
      assertThat(puts(server)).isZero();
      run(server, 0, captions("import", folder));
      assertThat(puts(server)).isEqualTo(2);
      assertThat(server.requests())
          .anySatisfy(request -> {
            assertThat(request.path()).endsWith("/images/2");
            assertThat(FakeDarkroom.json(request.body()))
                .containsEntry("caption", "{\"context\":\"other\"}");
          });
    }
  }

  @Test
  void tellsWhatIsUnknownAndWhatIsRefusedAndWhy() throws IOException {
    try (var server =
        server("max", image(1, "a.jpg", "A."), image(2, "b.jpg", "B."), image(3, "c.jpg", "C."))) {
      Files.writeString(folder.resolve("a.txt"), " Another. \n");
      Files.writeString(folder.resolve("b.txt"), " \n");
      Files.writeString(folder.resolve("c.txt"), "refuse me");
      Files.writeString(folder.resolve("typo.txt"), "Nobody's.");
      Files.writeString(folder.resolve("notes.md"), "no caption");
      var typed = run(server, 2, captions("import", folder));
      assertThat(typed.out())
          .contains("1 caption changed, 0 unchanged, 1 unknown, 2 refused.")
          .contains("No image is called so:\n  typo.txt")
          .contains("b.txt  The caption is blank.", "c.txt  The caption is too long.");
      var json = run(server, 2, captions("import", folder, "--json", "--dry-run")).out();
      assertThat(FakeDarkroom.json(json))
          .containsEntry("dry_run", true)
          .containsEntry("unknown", JsonArray.from("typo.txt"))
          .containsEntry("unchanged", 1);
    }
  }

  @Test
  void refusesAStructuredCaptionThatIsNone() throws IOException {
    try (var server = server("fibo", image(1, "a.jpg", null))) {
      Files.writeString(folder.resolve("a.json"), "just words");
      assertThat(run(server, 2, captions("import", folder)).out())
          .contains("a.json  The caption is no JSON object.");
      Files.write(folder.resolve("a.json"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
      assertThat(run(server, 2, captions("import", folder)).out())
          .contains("a.json  The file is no text in UTF-8.");
    }
  }

  @Test
  void writesNothingOutsideOfItsFolderWhateverImagesAreCalled() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    try (var server =
        server(
            "max",
            image(1, "../../escape.jpg", "1"),
            image(2, "/etc/passwd.jpg", "2"),
            image(3, "..\\..\\windows.jpg", "3"),
            image(4, "C:\\con.jpg", "4"),
            image(5, "line\nbreak\u001b[2J.jpg", "5"),
            image(6, "", "6"),
            image(7, "x".repeat(400) + ".jpg", "7"),
            image(8, "a.txt/b.jpg", "8"),
            image(9, "a.jpg", "9"),
            image(10, "A.PNG", "10"))) {
      run(server, 0, captions("export", inside));
      try (var files = Files.walk(folder)) {
        assertThat(files.filter(Files::isRegularFile).map(inside::relativize).map(Path::toString))
            .hasSize(10)
            .allSatisfy(path -> assertThat(path).doesNotContain("..", "\n", "\u001b", ":"))
            .contains("a~9.txt", "A~10.txt", "a.txt_/b.txt", "C_/_con.txt", "image.txt");
      }
      assertThat(run(server, 0, captions("import", inside)).out()).contains("10 unchanged");
    }
  }

  @Test
  void followsNoLinkInItsFolder() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(inside.resolve("shoot"), outside);
    try (var server = server("max", image(1, "shoot/a.jpg", "1"))) {
      assertThat(run(server, 1, captions("export", inside, "--force")).err())
          .contains("is a link or a file, where a folder is needed.");
      assertThat(outside).isEmptyDirectory();
    }
  }

  @Test
  void replacesNothingUnlessToldTo() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "mine");
    try (var server = server("max", image(1, "a.jpg", "1"), image(2, "b.jpg", "2"))) {
      assertThat(run(server, 1, captions("export", folder)).err()).contains("nothing was written");
      assertThat(folder.resolve("a.txt")).doesNotExist();
      run(server, 0, captions("export", folder, "--force"));
      assertThat(folder.resolve("b.txt")).hasContent("2\n");
    }
  }

  @Test
  void writesOneFileOfLinesAndReadsIt() throws IOException {
    Path lines = folder.resolve("captions.jsonl");
    try (var server =
        server(
            "fibo",
            image(1, "a.jpg", "{\"n\":1}"),
            image(2, "same.jpg", "{\"n\":2}"),
            image(3, "same.jpg", "{\"n\":3}"),
            image(4, "none.jpg", null))) {
      assertThat(run(server, 0, captions("export", lines, "--json")).out())
          .isEqualTo(
              "{\"dataset_id\":12,\"target\":\"%s\",\"written\":3,\"without_caption\":1}"
                  .formatted(lines));
      assertThat(run(server, 0, captions("import", lines)).out()).contains("3 unchanged");
      Files.writeString(
          lines,
          """
          {"image_name": "a.jpg", "caption": {"n": 10}}
          {"image_name": "same.jpg", "ordinal": 3, "caption": "{\\"n\\": 30}"}
          {"image_name": "same.jpg", "caption": "{}"}
          {"image_name": "nobody.jpg", "caption": "{}"}
          nonsense
          """);
      assertThat(run(server, 2, captions("import", lines)).out())
          .contains("2 captions changed, 0 unchanged, 1 unknown, 2 refused.")
          .contains("line 3, same.jpg  Several images are called so; tell the ordinal.")
          .contains("line 4, nobody.jpg", "line 5  It is no JSON object.");
    }
  }

  @Test
  void givesTheLinesOfADeletedImageToNoOther() throws IOException {
    Path lines = folder.resolve("captions.jsonl");
    try (var server = server("max", image(1, "same.jpg", "1"), image(2, "same.jpg", "2"))) {
      run(server, 0, captions("export", lines));
    }
    try (var server = server("max", image(2, "same.jpg", "2"))) {
      assertThat(run(server, 2, captions("import", lines)).out())
          .contains("0 captions changed, 1 unchanged, 1 unknown, 0 refused.")
          .contains("No image is called so:\n  line 1, same.jpg");
      assertThat(puts(server)).isZero();
    }
  }

  @Test
  void givesTheFilesOfADeletedImageToNoOther() throws IOException {
    try (var server =
        server("max", image(1, "a.jpg", "1"), image(2, "a.png", "2"), image(3, "a.webp", "3"))) {
      run(server, 0, captions("export", folder));
    }
    try (var server = server("max", image(2, "a.png", "2"))) {
      assertThat(run(server, 2, captions("import", folder)).out())
          .contains("0 captions changed, 1 unchanged, 2 unknown, 0 refused.")
          .contains("No image is called so:\n  a~1.txt\n  a~3.txt");
      assertThat(puts(server)).isZero();
    }
  }

  @Test
  void readsFilesThatBeginWithAByteOrderMark() throws IOException {
    Path lines = folder.resolve("captions.jsonl");
    Files.writeString(folder.resolve("a.json"), "\uFEFF{\"n\": 1}");
    Files.writeString(lines, "\uFEFF{\"image_name\": \"a.jpg\", \"caption\": {\"n\": 1}}\r\n");
    try (var server = server("fibo", image(1, "a.jpg", "{\"n\":1}"))) {
      assertThat(run(server, 0, captions("import", folder)).out()).contains("1 unchanged");
      assertThat(run(server, 0, captions("import", lines)).out()).contains("1 unchanged");
    }
    Files.writeString(folder.resolve("a.txt"), "\uFEFFA cat.");
    try (var server = server("max", image(1, "a.jpg", "A cat."))) {
      assertThat(run(server, 0, captions("import", folder)).out()).contains("1 unchanged");
    }
  }

  @Test
  void losesNoLineToAnotherThatIsNoText() throws IOException {
    Path lines = folder.resolve("captions.jsonl");
    String text =
        """
        {"image_name": "a.jpg", "caption": "A caf\u00e9."}
        {"image_name": "b.jpg", "caption": "B."}\
        """;
    Files.write(lines, text.getBytes(StandardCharsets.ISO_8859_1));
    try (var server = server("max", image(1, "a.jpg", "A."), image(2, "b.jpg", "B."))) {
      assertThat(run(server, 2, captions("import", lines)).out())
          .contains("0 captions changed, 1 unchanged, 0 unknown, 1 refused.")
          .contains("line 1  The line is no text in UTF-8.");
    }
  }

  @Test
  void givesALineBesideOneThatIsLostToItsOwnImageOnly() throws IOException {
    Path lines = folder.resolve("captions.jsonl");
    Files.writeString(
        lines,
        """
        {"image_name": "same.jpg", "ordinal": 1, "capt
        {"image_name": "same.jpg", "ordinal": 2, "caption": "2"}
        """);
    try (var server = server("max", image(1, "same.jpg", "1"))) {
      assertThat(run(server, 2, captions("import", lines)).out())
          .contains("0 captions changed, 0 unchanged, 1 unknown, 1 refused.");
      assertThat(puts(server)).isZero();
    }
  }

  @Test
  void losesNoFileToAnotherThatCannotBeRead() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "B.");
    try (var server = server("max", image(1, "a.jpg", "A."), image(2, "b.jpg", "B."));
        var _ = OutOfReach.in(folder, "a.txt")) {
      assertThat(run(server, 2, captions("import", folder)).out())
          .contains("0 captions changed, 1 unchanged, 0 unknown, 1 refused.")
          .contains("/a.txt  It cannot be read: File name too long.");
    }
  }

  /// To root everything is readable.
  @Test
  void losesNoFileToAnotherThatMayNotBeRead() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "B.");
    Path closed = Files.writeString(folder.resolve("a.txt"), "A.");
    Files.setPosixFilePermissions(closed, Set.of());
    assumeThat(Files.isReadable(closed)).isFalse();
    try (var server = server("max", image(1, "a.jpg", "A."), image(2, "b.jpg", "B."))) {
      assertThat(run(server, 2, captions("import", folder)).out())
          .contains("0 captions changed, 1 unchanged, 0 unknown, 1 refused.")
          .contains("a.txt  It cannot be read: permission denied.");
    }
  }

  @Test
  void endsWhereTheDatasetTakesNoChange() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Another.");
    try (var server = server("max", image(99, "a.jpg", "A."))) {
      server.withDataset(
          JsonObject.builder().value("id", 12).value("training_version", "max").done());
      server.refusingCaptions(409, "dataset.completed", "The dataset is completed.");
      var typed = run(server, 1, captions("import", folder));
      assertThat(typed.err()).contains("darkroom: The dataset is completed.");
      assertThat(typed.out()).isEmpty();
    }
  }
}
