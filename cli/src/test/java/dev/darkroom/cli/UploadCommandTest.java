package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.grack.nanojson.JsonWriter;
import dev.darkroom.cli.FakeDarkroom.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadCommandTest {

  private static final String ZIP = "https://example.com/shoot/photos.zip?signature=s";
  private static final String BULK_UPLOAD = "/tailored-gen/datasets/12/images/bulk-upload";

  @Test
  void makesProjectAndDatasetAndFollowsTheUpload() {
    try (var server =
        FakeDarkroom.start(Statuses.answers(Statuses.pending(), Statuses.completed()))) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", ZIP)).isEqualTo(2);
      assertThat(server.posted("/tailored-gen/projects"))
          .containsEntry("project_name", "CLI uploads")
          .containsEntry("ip_medium", "photography")
          .containsEntry("ip_type", "other");
      assertThat(server.posted("/tailored-gen/datasets"))
          .containsEntry("project_id", 7)
          .containsEntry("name", "photos")
          .containsEntry("upload_type", "advanced")
          .containsEntry("training_version", "fibo");
      assertThat(server.posted(BULK_UPLOAD)).containsOnly(entry("zip_url", ZIP));
      assertThat(typed.err()).contains("Dataset 12: the upload is accepted", "status 12 --watch");
      assertThat(typed.out()).contains("= entries         51");
    }
  }

  @Test
  void usesTheProjectThatIsThere() {
    try (var server = FakeDarkroom.start(Statuses.answers(Statuses.allGood(1)))) {
      server.withProject(3, "Something else").withProject(4, "CLI uploads");
      assertThat(Typed.inAScript().runAt(server, "upload", ZIP, "--new", "Spring")).isEqualTo(0);
      assertThat(server.posted("/tailored-gen/datasets"))
          .containsEntry("project_id", 4)
          .containsEntry("name", "Spring");
    }
  }

  @Test
  void usesTheDatasetThatIsNamed() {
    try (var server = FakeDarkroom.start(Statuses.answers(Statuses.allGood(1)))) {
      assertThat(Typed.inAScript().runAt(server, "upload", ZIP, "--dataset", "12")).isEqualTo(0);
      assertThat(server.posted(BULK_UPLOAD)).containsOnly(entry("zip_url", ZIP));
      assertThat(server.keys("/tailored-gen/datasets")).isEmpty();
    }
  }

  @Test
  void makesALegacyDatasetInAProjectOfItsOwn() {
    try (var server = FakeDarkroom.start(Statuses.answers(Statuses.allGood(1)))) {
      server.withProject(4, "CLI uploads");
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", ZIP, "--legacy", "--automatic-captioning"))
          .isEqualTo(0);
      assertThat(server.posted("/tailored-gen/projects"))
          .containsEntry("project_name", "CLI uploads (legacy)");
      assertThat(server.posted("/tailored-gen/datasets")).containsEntry("training_version", "max");
      assertThat(server.posted(BULK_UPLOAD)).containsEntry("automatic_captioning", true);
    }
  }

  @Test
  void onlyStartsTheUploadWhenToldNotToWait() {
    try (var server = FakeDarkroom.start(Statuses.answers(Statuses.pending()))) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", ZIP, "--dataset", "12", "--no-wait")).isEqualTo(0);
      assertThat(server.requests().getLast().path()).isEqualTo(BULK_UPLOAD);
      assertThat(typed.out()).startsWith("Dataset 12: the upload is accepted");
    }
  }

  @Test
  void printsTheAcceptanceAsJsonWhenToldNotToWait() {
    try (var server = FakeDarkroom.start(Statuses.answers(Statuses.pending()))) {
      var typed = Typed.inAScript();
      typed.runAt(server, "upload", ZIP, "--dataset", "12", "--no-wait", "--json");
      assertThat(typed.out()).isEqualTo("{\"dataset_id\":12,\"status\":\"pending\"}");
    }
  }

  @Test
  void printsNothingButTheLastStatusAsJson() {
    try (var server =
        FakeDarkroom.start(Statuses.answers(Statuses.pending(), Statuses.completed()))) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", ZIP, "--wait", "--json")).isEqualTo(2);
      assertThat(typed.out()).isEqualTo(JsonWriter.string(Statuses.completed()));
    }
  }

  @Test
  void tellsWhyAnUploadIsRefused() {
    try (var server = FakeDarkroom.start()) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", ZIP, "--dataset", "13")).isEqualTo(1);
      assertThat(typed.err()).startsWith("darkroom: There is no such dataset.").hasLineCount(2);
    }
  }

  @Test
  void offersTheNewDatasetAgainWhenTheUploadIsRefused() {
    try (var server = FakeDarkroom.start()) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", "http://h/not-a-zip")).isEqualTo(1);
      assertThat(typed.err())
          .isEqualTo(
              """
              The new dataset is empty; use it with: --dataset 12
              darkroom: The URL gave a web page.
                HTTP 400, archive.not-a-zip, request req-1
              """);
    }
  }

  @Test
  void sendsAgainWhatWasNotAnsweredAndHasItDoneOnce() {
    List<String> paths =
        List.of(
            "/tailored-gen/projects",
            "/tailored-gen/datasets",
            BULK_UPLOAD + "/preflight",
            BULK_UPLOAD);
    try (var server = FakeDarkroom.start(Statuses.answers(Statuses.allGood(1)))) {
      paths.forEach(path -> server.losingAnswers(path, 2));
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", ZIP, "--preflight")).isEqualTo(0);
      for (String path : paths) {
        var _ = server.posted(path);
        assertThat(server.keys(path)).hasSize(3).doesNotContainNull();
        assertThat(server.keys(path).stream().distinct()).hasSize(1);
      }
      assertThat(paths.stream().map(path -> server.keys(path).getFirst()).distinct()).hasSize(4);
      assertThat(typed.err()).contains("The server does not answer; trying again in 1 s.");
      assertThat(typed.pauses()).contains(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
  }

  @Test
  void namesTheNewDatasetWhereTheServerIsGone() {
    try (var server = FakeDarkroom.start(Statuses.answers(Statuses.allGood(1)))) {
      server.losingAnswers(BULK_UPLOAD, 100);
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", ZIP)).isEqualTo(1);
      assertThat(typed.err())
          .contains(
              """
              The new dataset is 12. Whether it has the upload tells: ./darkroom status 12
              Where it has none, use it with: --dataset 12
              darkroom: No server answers at\
              """);
      assertThat(typed.pauses()).endsWith(Duration.ofSeconds(30));
    }
  }

  @Test
  void waitsForAServerThatIsBusy() {
    try (var server = FakeDarkroom.start(Statuses.answers(Statuses.allGood(1)))) {
      var busy = FakeDarkroom.error(429, "bulk-upload.too-many-waiting", "100 wait.");
      server.answeringNext("POST " + BULK_UPLOAD, new Answer(429, busy.body(), "40"));
      server.answeringNext(
          "POST " + BULK_UPLOAD,
          FakeDarkroom.error(409, "idempotency-key.under-way", "It is worked on."));
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "upload", ZIP, "--dataset", "12")).isEqualTo(0);
      assertThat(typed.pauses()).startsWith(Duration.ofSeconds(40), Duration.ofSeconds(2));
      assertThat(typed.err()).contains("100 wait; trying again in 40 s.");
    }
  }

  @Test
  void saysAtOnceThatNobodyAnswers() {
    var typed = Typed.inAScript();
    assertThat(
            typed.run(
                "upload", ZIP, "--dataset", "12", "--server", "http://127.0.0.1:1", "--token", "t"))
        .isEqualTo(1);
    assertThat(typed.pauses()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "upload",
    "upload z --dataset 1 --new n",
    "upload z --dataset 1 --legacy",
    "upload z --automatic-captioning",
    "upload z --dataset one",
    "upload z --unknown",
    "upload z --server ftp://host",
    "upload z --server nonsense",
    "upload z --server http://user:password@host",
    "status",
    "status x",
    "demo --images 0",
    "demo --images 4901",
    "demo --port 65536",
    "frobnicate"
  })
  void saysWhatIsWrongWithTheCommandLine(String line) {
    var typed = Typed.inAScript();
    assertThat(typed.run((line + (line.startsWith("upload") ? " --token t" : "")).split(" ", -1)))
        .isEqualTo(64);
    assertThat(typed.err()).startsWith("darkroom: ").contains("--help").hasLineCount(2);
    assertThat(typed.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"''", "'two words'", "tök"})
  void refusesATokenThatIsNone(String token) {
    var typed = Typed.inAScript();
    assertThat(typed.run("status", "1", "--token", token)).isEqualTo(64);
    assertThat(typed.err()).contains("token");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a/photos.zip?x=1, photos",
    "https://h/a/Photos.ZIP, Photos",
    "https://h/download, download",
    "https://h/, upload",
    "https://h, upload",
    "http://not a url, upload",
    "https://h/%C3%A9t%C3%A9.zip, été"
  })
  void namesADatasetAfterItsZip(String url, String name) {
    assertThat(UploadSource.of(url).name()).isEqualTo(name);
  }
}
