package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadCommandTest {

  private static final byte[] BYTES = new byte[3_000_000];

  @TempDir Path folder;
  private Path file = Path.of("");
  private Path part = Path.of("");
  private Path etag = Path.of("");

  @BeforeEach
  void nameTheFiles() {
    new Random(1).nextBytes(BYTES);
    file = folder.resolve("shoot.zip");
    part = folder.resolve("shoot.zip.part");
    etag = folder.resolve("shoot.zip.part.etag");
  }

  @Test
  void fetchesTheFileWithoutTheToken() {
    try (var server = FakeDarkroom.start()) {
      server.download().of(BYTES);
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "download", "12", "-o", file.toString())).isEqualTo(0);
      assertThat(file).hasBinaryContent(BYTES);
      assertThat(folder).isDirectoryNotContaining("glob:**.part*");
      assertThat(server.download().tokens()).containsOnly("none");
      assertThat(typed.out()).isEqualTo(file + ", 3.0 MB\n");
      assertThat(typed.err()).contains("downloading: 100%, 3.0 MB of 3.0 MB");
    }
  }

  @Test
  void goesOnAfterABrokenConnection() {
    try (var server = FakeDarkroom.start()) {
      server.download().of(BYTES).breakingAfter(1_000_000);
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "download", "12", "-o", file.toString())).isEqualTo(0);
      var ranges = server.download().ranges();
      assertThat(ranges).hasSize(2).first().isEqualTo("all");
      // What was on its way when the connection broke may be lost with it.
      assertThat(ranges.getLast()).matches("bytes=(9\\d{5}|1000000)-");
      assertThat(file).hasBinaryContent(BYTES);
      assertThat(typed.err())
          .contains("The connection broke; trying again in 1 s.", "Going on where it was: ");
      assertThat(typed.pauses()).containsExactly(Duration.ofSeconds(1));
    }
  }

  @Test
  void goesOnWithWhatACommandBeforeHasLeft() throws IOException {
    Files.write(part, Arrays.copyOf(BYTES, 2_000_000));
    Files.writeString(etag, "\"v1\"");
    try (var server = FakeDarkroom.start()) {
      server.download().of(BYTES);
      assertThat(Typed.inAScript().runAt(server, "download", "12", "-o", file.toString()))
          .isEqualTo(0);
      assertThat(server.download().ranges()).containsExactly("bytes=2000000-");
      assertThat(file).hasBinaryContent(BYTES);
    }
  }

  @Test
  void beginsAnewWhereTheDatasetHasChanged() throws IOException {
    Files.write(part, new byte[2_000_000]);
    Files.writeString(etag, "\"v1\"");
    try (var server = FakeDarkroom.start()) {
      server.download().of(BYTES).withEtag("\"v2\"");
      assertThat(Typed.inAScript().runAt(server, "download", "12", "-o", file.toString()))
          .isEqualTo(0);
      assertThat(file).hasBinaryContent(BYTES);
    }
  }

  @Test
  void beginsAnewWhereWhatIsThereIsTooLong() throws IOException {
    Files.write(part, new byte[4_000_000]);
    Files.writeString(etag, "\"v1\"");
    try (var server = FakeDarkroom.start()) {
      server.download().of(BYTES);
      assertThat(Typed.inAScript().runAt(server, "download", "12", "-o", file.toString()))
          .isEqualTo(0);
      assertThat(file).hasBinaryContent(BYTES);
    }
  }

  @Test
  void replacesNothingUnlessToldTo() throws IOException {
    Files.writeString(file, "mine");
    try (var server = FakeDarkroom.start()) {
      server.download().of(BYTES);
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "download", "12", "-o", file.toString())).isEqualTo(1);
      assertThat(typed.err()).contains("is there already.", "--force").hasLineCount(2);
      assertThat(file).hasContent("mine");
      assertThat(
              Typed.inAScript().runAt(server, "download", "12", "-o", file.toString(), "--force"))
          .isEqualTo(0);
      assertThat(file).hasBinaryContent(BYTES);
    }
  }

  @Test
  void putsSeveralFilesIntoAFolder() {
    try (var server = FakeDarkroom.start()) {
      server.download().of(new byte[] {1}, new byte[] {2, 3});
      Path tars = folder.resolve("tars");
      var typed = Typed.inAScript();
      assertThat(
              typed.runAt(
                  server, "download", "12", "--format", "webdataset", "-o", tars.toString()))
          .isEqualTo(0);
      assertThat(tars.resolve("00000.tar")).hasBinaryContent(new byte[] {1});
      assertThat(tars.resolve("00001.tar")).hasBinaryContent(new byte[] {2, 3});
    }
  }

  @Test
  void printsTheServersLinksAsJson() {
    try (var server = FakeDarkroom.start()) {
      server.download().of(BYTES);
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "download", "12", "--json", "-o", folder.toString()))
          .isEqualTo(0);
      assertThat(typed.out()).isEqualTo(server.download().links(server.url()));
      assertThat(folder.resolve("dataset-12.zip")).hasBinaryContent(BYTES);
    }
  }

  @Test
  void saysWhatFormatsThereAre() {
    var typed = Typed.inAScript();
    assertThat(typed.run("download", "12", "--format", "rar", "--token", "t")).isEqualTo(64);
    assertThat(typed.err()).contains("imagefolder", "kohya", "webdataset");
  }
}
