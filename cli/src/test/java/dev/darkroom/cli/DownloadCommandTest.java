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

  private static final byte[][] TARS = {{1}, {2, 2}, {3, 3, 3}};
  private static final byte[][] OTHER_TARS = {{4}, {5, 5}};

  private int downloadTars(FakeDarkroom server, Typed typed) {
    return typed.runAt(server, "download", "12", "--format", "webdataset", "-o", folder.toString());
  }

  private void assertHolds(byte[][] tars) throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(tars.length);
    }
    for (int i = 0; i < tars.length; i++) {
      assertThat(folder.resolve("%05d.tar".formatted(i))).hasBinaryContent(tars[i]);
    }
  }

  @Test
  void goesOnWithTheFilesThatAreThere() throws IOException {
    try (var server = FakeDarkroom.start()) {
      server.download().of(TARS).refusing(1);
      assertThat(downloadTars(server, Typed.inAScript())).isEqualTo(1);
      server.download().refusing(-1);
      var typed = Typed.inAScript();
      assertThat(downloadTars(server, typed)).isEqualTo(0);
      assertThat(server.download().statuses()).containsExactly(200, 403, 304, 200, 200);
      assertThat(typed.out()).hasLineCount(3).contains("00000.tar, 1 B");
      assertHolds(TARS);
    }
  }

  @Test
  void fetchesAllFilesAnewWhereTheDatasetHasChanged() throws IOException {
    try (var server = FakeDarkroom.start()) {
      server.download().of(TARS[0], TARS[1], TARS[2], TARS[2]).refusing(3);
      assertThat(downloadTars(server, Typed.inAScript())).isEqualTo(1);
      server.download().of(OTHER_TARS).withEtag("\"v2\"").refusing(-1);
      assertThat(downloadTars(server, Typed.inAScript())).isEqualTo(0);
      assertHolds(OTHER_TARS);
    }
  }

  @Test
  void leavesNoFilesOfTwoStatesOfTheDatasetNextToEachOther() throws IOException {
    try (var server = FakeDarkroom.start()) {
      server.download().of(TARS).changingAfter(1, "\"v2\"", OTHER_TARS[0], OTHER_TARS[1], TARS[2]);
      var typed = Typed.inAScript();
      assertThat(downloadTars(server, typed)).isEqualTo(0);
      assertThat(server.download().statuses()).containsExactly(200, 200, 200, 200, 304, 304);
      assertThat(typed.err()).contains("The dataset was changed; fetching what is not of its new");
      assertHolds(new byte[][] {OTHER_TARS[0], OTHER_TARS[1], TARS[2]});
    }
  }

  @Test
  void replacesNoFileOfASetUnlessToldTo() throws IOException {
    Path mine = Files.writeString(folder.resolve("00001.tar"), "mine");
    try (var server = FakeDarkroom.start()) {
      server.download().of(TARS);
      var typed = Typed.inAScript();
      assertThat(downloadTars(server, typed)).isEqualTo(1);
      assertThat(typed.err()).contains("00001.tar is there already.");
      assertThat(mine).hasContent("mine");
      assertThat(server.download().statuses()).isEmpty();
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
