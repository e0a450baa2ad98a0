package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.grack.nanojson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What lies on this machine is sent by tus, and sent on after whatever broke it off.
class LocalUploadTest {

  private static final String BULK_UPLOAD = "/tailored-gen/datasets/12/images/bulk-upload";
  private static final int BYTES = 9_000_001;

  @TempDir Path folder;
  @TempDir Path state;

  private byte[] bytes = new byte[0];
  private Path file = Path.of("");

  @BeforeEach
  void writeAFile() throws IOException {
    bytes = new byte[BYTES];
    new Random(1).nextBytes(bytes);
    file = Files.write(folder.resolve("Shoot 1.zip"), bytes);
  }

  private Typed typed() {
    return Typed.inAScript().with("XDG_STATE_HOME", state);
  }

  private static FakeDarkroom server() {
    return FakeDarkroom.start(Statuses.answers(Statuses.allGood(48)));
  }

  @Test
  void sendsAFileInPiecesAndBeginsTheUpload() throws IOException {
    try (var server = server()) {
      var typed = typed();
      assertThat(typed.runAt(server, "upload", file.toString())).isEqualTo(0);
      assertThat(server.uploads().bytes(40)).isEqualTo(bytes);
      assertThat(server.uploads().name(40)).isEqualTo("Shoot 1.zip");
      assertThat(server.uploads().offsets()).hasSizeGreaterThan(1).startsWith(0L);
      assertThat(server.posted(BULK_UPLOAD)).containsOnly(entry("upload_id", 40));
      assertThat(server.posted("/tailored-gen/datasets")).containsEntry("name", "Shoot 1");
      assertThat(typed.err())
          .contains("Sending Shoot 1.zip, 9.0 MB.", "sending: 100%, 9.0 MB of 9.0 MB");
      assertThat(typed.out()).contains("= images          48");
      assertThat(state.resolve("darkroom/uploads")).isEmptyDirectory();
    }
  }

  @Test
  void goesOnAfterAKill() throws Exception {
    try (var server = server()) {
      server.uploads().holdingAt(5_000_000);
      var environment =
          Map.of(
              "DARKROOM_URL", server.url(),
              "DARKROOM_TOKEN", FakeDarkroom.TOKEN,
              "XDG_STATE_HOME", state.toString());
      try (var command =
          CommandProcess.start(folder, environment, "upload", file.toString(), "--json")) {
        server.uploads().awaitHeld();
        command.kill();
        assertThat(command.exitCode()).isEqualTo(137);
      }
      server.uploads().goOn();
      var typed = typed();
      assertThat(typed.runAt(server, "upload", file.toString(), "--json")).isEqualTo(0);
      assertThat(typed.err()).contains("Going on where it was: ");
      assertThat(server.uploads().count()).isEqualTo(1);
      assertThat(server.uploads().offsets().getLast()).isGreaterThanOrEqualTo(4_194_304);
      assertThat(server.uploads().bytes(40)).isEqualTo(bytes);
      assertThat(server.posted(BULK_UPLOAD)).containsOnly(entry("upload_id", 40));
    }
  }

  @Test
  void waitsOutFaultsOfTheServerAndSaysSo() throws IOException {
    try (var server = server()) {
      server.uploads().refusing(503, 423, 500);
      var typed = typed();
      assertThat(typed.runAt(server, "upload", file.toString())).isEqualTo(0);
      assertThat(typed.pauses())
          .startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
      assertThat(typed.err())
          .contains("The server answered HTTP 503; at 0 %, trying again in 1 s.");
      assertThat(server.uploads().bytes(40)).isEqualTo(bytes);
    }
  }

  @Test
  void goesOnAfterABrokenConnection() throws IOException {
    try (var server = server()) {
      server.uploads().breakingAt(3_000_000);
      var typed = typed();
      assertThat(typed.runAt(server, "upload", file.toString())).isEqualTo(0);
      assertThat(typed.err()).contains("The server cannot be reached; at ");
      assertThat(server.uploads().bytes(40)).isEqualTo(bytes);
    }
  }

  @Test
  void givesUpAfterMinutesAndTellsHowToGoOn() throws IOException {
    try (var server = server()) {
      server.uploads().refusing(IntStream.generate(() -> 503).limit(60).toArray());
      var typed = typed();
      assertThat(typed.runAt(server, "upload", file.toString())).isEqualTo(1);
      assertThat(typed.err())
          .endsWith(
              """
              darkroom: The server answered HTTP 503.
                Run the same command again: it goes on at 0 %.
              """);
      assertThat(typed.pauses()).endsWith(Duration.ofSeconds(30));
    }
  }

  @Test
  void beginsAnewWhereTheServerHasForgottenTheUpload() throws IOException {
    try (var server = server()) {
      server.uploads().refusing(400);
      assertThat(typed().runAt(server, "upload", file.toString())).isEqualTo(1);
      server.uploads().forget();
      var typed = typed();
      assertThat(typed.runAt(server, "upload", file.toString())).isEqualTo(0);
      assertThat(typed.err()).contains("The server has dropped what was sent before");
      assertThat(server.uploads().bytes(40)).isEqualTo(bytes);
    }
  }

  @Test
  void sendsAnewWhatTheServerHasUsedUp() throws IOException {
    try (var server = server()) {
      server.refusingUploads(409, "staged-upload.already-used", "Upload 40 has been used.");
      var typed = typed();
      assertThat(typed.runAt(server, "upload", file.toString())).isEqualTo(1);
      assertThat(typed.err()).contains("darkroom: Upload 40 has been used.");
      server.takingUploads();
      assertThat(typed().runAt(server, "upload", file.toString())).isEqualTo(0);
      assertThat(server.uploads().bytes(41)).isEqualTo(bytes);
    }
  }

  @Test
  void waitsOutThatTheBytesCameTooSlowly() throws IOException {
    try (var server = server()) {
      server
          .uploads()
          .refusing(FakeDarkroom.error(408, "staged-upload.too-slow", "Too few bytes came."));
      var typed = typed();
      assertThat(typed.runAt(server, "upload", file.toString())).isEqualTo(0);
      assertThat(typed.err()).contains("Too few bytes came; at 0 %, trying again in 1 s.");
      assertThat(server.uploads().bytes(40)).isEqualTo(bytes);
    }
  }

  @Test
  void saysAtOnceThatTooManyUploadsLieUnused() {
    try (var server = server()) {
      server
          .uploads()
          .refusingNew(FakeDarkroom.error(429, "staged-upload.too-many-open", "100 lie here."));
      var typed = typed();
      assertThat(typed.runAt(server, "upload", file.toString())).isEqualTo(1);
      assertThat(typed.err()).contains("darkroom: 100 lie here.\n  HTTP 429");
      assertThat(typed.pauses()).isEmpty();
    }
  }

  /// @param uploads how many the server holds after the same command was run once more
  @ParameterizedTest
  @CsvSource({
    "staged-upload.already-used, 2",
    "staged-upload.gone, 2",
    "staged-upload.not-found, 2",
    "staged-upload.expired, 2",
    "staged-upload.not-a-zip, 2",
    "staged-upload.too-many-pieces, 2",
    "staged-upload.too-long, 2",
    "staged-upload.incomplete, 1",
    "staged-upload.in-use, 1",
    "quota.storage-exceeded, 1"
  })
  void forgetsOnlyWhatIsOfNoUseAnyMore(String type, int uploads) {
    try (var server = server()) {
      server.uploads().refusing(FakeDarkroom.error(400, type, "No."));
      assertThat(typed().runAt(server, "upload", file.toString())).isEqualTo(1);
      assertThat(typed().runAt(server, "upload", file.toString())).isEqualTo(0);
      assertThat(server.uploads().count()).isEqualTo(uploads);
    }
  }

  @Test
  void keepsWhatWasSentWhereTheUploadIsRefusedForAnythingElse() throws IOException {
    try (var server = server()) {
      server.refusingUploads(403, "quota.daily-uploads-exceeded", "No more today.");
      assertThat(typed().runAt(server, "upload", file.toString())).isEqualTo(1);
      server.takingUploads();
      assertThat(typed().runAt(server, "upload", file.toString())).isEqualTo(0);
      assertThat(server.uploads().count()).isEqualTo(1);
    }
  }

  @Test
  void sendsAChangedFileAnew() throws IOException {
    try (var server = server()) {
      server.uploads().refusing(400);
      assertThat(typed().runAt(server, "upload", file.toString())).isEqualTo(1);
      bytes[0]++;
      Files.write(file, bytes);
      Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 5_000));
      assertThat(typed().runAt(server, "upload", file.toString())).isEqualTo(0);
      assertThat(server.uploads().bytes(41)).isEqualTo(bytes);
    }
  }

  @Test
  void saysThatTheFileWasChangedWhileItWasSent() throws IOException {
    try (var server = server()) {
      server.uploads().refusing(503);
      var typed = typed().onPause(this::lengthenTheFile);
      assertThat(typed.runAt(server, "upload", file.toString())).isEqualTo(1);
      assertThat(typed.err()).contains("was changed while it was read.", "run the command again");
    }
  }

  private void lengthenTheFile() {
    try {
      Files.write(file, new byte[BYTES + 1]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void refusesTwoCommandsForTheSameBytes() throws Exception {
    try (var server = server()) {
      server.uploads().holdingAt(1_000_000);
      var first = Thread.ofVirtual().start(() -> typed().runAt(server, "upload", file.toString()));
      server.uploads().awaitHeld();
      var typed = typed();
      assertThat(typed.runAt(server, "upload", file.toString())).isEqualTo(1);
      assertThat(typed.err()).contains("Another darkroom command is sending the same");
      server.uploads().goOn();
      first.join();
      assertThat(server.uploads().bytes(40)).isEqualTo(bytes);
    }
  }

  @Test
  void sendsAFolderAsAZipOfItsFiles() throws Exception {
    Path shoot = Files.createDirectories(folder.resolve("shoot/day 1"));
    Files.writeString(shoot.resolve("été.jpg"), "picture");
    Files.writeString(shoot.resolve("été.txt"), "caption");
    Files.writeString(shoot.resolve(".hidden"), "junk");
    Files.createDirectory(shoot.resolve("empty"));
    Files.createSymbolicLink(shoot.resolve("link.jpg"), file);
    try (var server = server()) {
      var typed = typed();
      assertThat(typed.runAt(server, "upload", folder.resolve("shoot").toString(), "--legacy"))
          .isEqualTo(0);
      assertThat(typed.err())
          .contains("2 files, 14 B", "1 hidden or packed file.", "1 link or special file.");
      assertThat(server.uploads().name(40)).isEqualTo("shoot.zip");
      assertThat(names(server.uploads().bytes(40)))
          .containsExactly("day 1/été.jpg", "day 1/été.txt");
      assertThat(server.posted("/tailored-gen/datasets")).containsEntry("name", "shoot");
    }
  }

  @Test
  void goesOnWithAFolderToTheSameByte() throws IOException {
    Path shoot = Files.createDirectory(folder.resolve("shoot"));
    for (int i = 0; i < 30; i++) Files.write(shoot.resolve(i + ".jpg"), new byte[i * 10_000]);
    try (var whole = server();
        var broken = server()) {
      assertThat(typed().runAt(whole, "upload", shoot.toString())).isEqualTo(0);
      broken.uploads().breakingAt(2_000_000);
      assertThat(typed().runAt(broken, "upload", shoot.toString())).isEqualTo(0);
      assertThat(broken.uploads().offsets()).hasSizeGreaterThan(1);
      assertThat(broken.uploads().bytes(40)).isEqualTo(whole.uploads().bytes(40));
      assertThat(names(broken.uploads().bytes(40))).hasSize(30);
    }
  }

  @Test
  void leavesOutAFolderThatCannotBeReadWhereTheServerWouldIgnoreIt() throws Exception {
    Files.writeString(Files.createDirectory(folder.resolve("disk")).resolve("a.jpg"), "picture");
    try (var server = server();
        var _ = OutOfReach.in(folder.resolve("disk"), ".Trashes")) {
      var typed = typed();
      assertThat(typed.runAt(server, "upload", folder.resolve("disk").toString())).isEqualTo(0);
      assertThat(typed.err()).contains("1 file, 7 B", "Left out: 1 hidden or packed file.");
      assertThat(names(server.uploads().bytes(40))).containsExactly("a.jpg");
    }
  }

  @Test
  void namesAFolderThatCannotBeRead() throws Exception {
    Files.createDirectory(folder.resolve("disk"));
    try (var server = server();
        var _ = OutOfReach.in(folder.resolve("disk"), "lost+found")) {
      var typed = typed();
      assertThat(typed.runAt(server, "upload", folder.resolve("disk").toString())).isEqualTo(1);
      assertThat(typed.err())
          .contains(
              "/lost+found cannot be read: ", "Let it be read, or upload a folder without it.")
          .hasLineCount(2);
      assertThat(server.uploads().count()).isZero();
    }
  }

  private static List<String> names(byte[] zip) throws IOException {
    List<String> names = new ArrayList<>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  @Test
  void looksAtTheDatasetBeforeItSendsGigabytes() {
    try (var server = server()) {
      server.withDataset(JsonObject.builder().value("id", 12).value("images_count", 3).done());
      var typed = typed();
      assertThat(typed.runAt(server, "upload", file.toString(), "--dataset", "12")).isEqualTo(1);
      assertThat(typed.err()).contains("Dataset 12 takes no upload");
      assertThat(server.uploads().count()).isZero();
    }
  }

  @Test
  void saysThatTheDatasetHasHadItsOneUpload() {
    try (var server = server()) {
      server.withDataset(JsonObject.builder().value("id", 12).value("images_count", 0).done());
      var typed = typed();
      assertThat(typed.runAt(server, "upload", file.toString(), "--dataset", "12")).isEqualTo(1);
      assertThat(typed.err())
          .contains("Dataset 12 has had its one upload, which is completed.", "clone")
          .hasLineCount(2);
      assertThat(server.uploads().count()).isZero();
    }
  }

  @Test
  void sendsIntoADatasetThatHasHadNone() throws IOException {
    try (var server =
        FakeDarkroom.start(
            FakeDarkroom.error(404, "bulk-upload.not-found", "There was none."),
            Statuses.answers(Statuses.allGood(48))[0])) {
      server.withDataset(JsonObject.builder().value("id", 12).value("images_count", 0).done());
      assertThat(typed().runAt(server, "upload", file.toString(), "--dataset", "12")).isEqualTo(0);
      assertThat(server.uploads().bytes(40)).isEqualTo(bytes);
    }
  }

  @Test
  void refusesAZipThatIsTooLargeForTheServer() {
    try (var server = server()) {
      server.withLimit("max-images", 1).withLimit("max-zip-bytes", BYTES - 1);
      var typed = typed();
      assertThat(typed.runAt(server, "upload", file.toString())).isEqualTo(1);
      assertThat(typed.err())
          .contains("has 9 000 001 bytes, and the server takes 9 000 000.")
          .hasLineCount(2);
      assertThat(server.uploads().count()).isZero();
    }
  }

  @Test
  void refusesAFolderOfMoreThanTheServerTakes() throws IOException {
    Path shoot = Files.createDirectory(folder.resolve("shoot"));
    for (int i = 0; i < 3; i++) {
      Files.write(shoot.resolve(i + ".jpg"), new byte[100]);
      Files.write(shoot.resolve(i + ".txt"), new byte[100]);
    }
    try (var server = server()) {
      server.withLimit("max-images", 2);
      var typed = typed();
      assertThat(typed.runAt(server, "upload", shoot.toString())).isEqualTo(1);
      assertThat(typed.err())
          .contains("has 3 images, and the server takes 2.")
          .doesNotContain("Reading folder");
    }
    try (var server = server()) {
      server.withLimit("max-images", 3).withLimit("max-zip-bytes", 599);
      var typed = typed();
      assertThat(typed.runAt(server, "upload", shoot.toString())).isEqualTo(1);
      assertThat(typed.err())
          .contains("has 600 bytes, and the server takes 599.")
          .doesNotContain("Reading folder");
    }
    try (var server = server()) {
      server.withLimit("max-images", 3).withLimit("max-zip-bytes", 100_000);
      assertThat(typed().runAt(server, "upload", shoot.toString())).isEqualTo(0);
    }
  }

  @Test
  void saysAtOnceThatNobodyAnswersOrTheTokenIsWrong() {
    var typed = typed();
    assertThat(
            typed.run("upload", file.toString(), "--server", "http://127.0.0.1:1", "--token", "t"))
        .isEqualTo(1);
    assertThat(typed.err()).startsWith("darkroom: No server answers at").hasLineCount(2);
    try (var server = server()) {
      var wrong = typed();
      assertThat(wrong.run("upload", file.toString(), "--server", server.url(), "--token", "wrong"))
          .isEqualTo(1);
      assertThat(wrong.err()).startsWith("darkroom: The API token is not known.");
    }
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    try (var server = server()) {
      var typed = typed();
      assertThat(typed.runAt(server, "upload", "nowhere.zip")).isEqualTo(1);
      assertThat(typed.err()).contains("There is no file or folder nowhere.zip.").hasLineCount(2);
    }
  }

  @Test
  void sendsNothingOfAnEmptyFolder() {
    try (var server = server()) {
      var typed = typed();
      assertThat(typed.runAt(server, "upload", state.toString())).isEqualTo(1);
      assertThat(typed.err()).contains("holds no files.");
    }
  }
}
