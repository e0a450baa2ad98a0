package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dev.darkroom.cli.FakeDarkroom.Answer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The commands that show what a server has, and those that change a little of it.
class LookingCommandsTest {

  private static final JsonObject DATASET =
      JsonObject.builder()
          .value("id", 12)
          .value("name", "Shoot\u001b[2J 1")
          .value("project_id", 7)
          .value("training_version", "fibo")
          .value("upload_type", "advanced")
          .value("status", "draft")
          .value("images_count", 4812)
          .value("captions_update_status", "completed")
          .value("created_at", "2026-05-26T12:00:00Z")
          .done();

  private static JsonObject image(long id, String name, @Nullable String caption) {
    return JsonObject.builder()
        .value("id", id)
        .value("image_name", name)
        .value("caption", caption)
        .value("caption_source", caption == null ? null : "automatic")
        .value("width", 4000)
        .value("height", 3000)
        .value("size_bytes", 2_345_678)
        .done();
  }

  private static FakeDarkroom server() {
    return FakeDarkroom.start(Statuses.answers(Statuses.completed()))
        .withProject(7, "Spring")
        .withDataset(DATASET)
        .withImages(
            JsonArray.from(
                image(1, "a/" + "long".repeat(30) + ".jpg", "A red ball."),
                image(2, "b.jpg", null)));
  }

  private static Typed run(int exitCode, Typed typed, String... line) {
    try (var server = server()) {
      assertThat(typed.runAt(server, line)).as(typed.err()).isEqualTo(exitCode);
    }
    return typed;
  }

  @Test
  void listsImagesInATableThatFitsTheTerminal() {
    assertThat(run(0, Typed.atATerminal(), "images", "12").out().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
        .anySatisfy(line -> assertThat(line).contains("...", "4000 x 3000  2.3 MB", "A red ball."));
  }

  @Test
  void cutsNothingInAScript() {
    assertThat(run(0, Typed.inAScript(), "images", "12").out())
        .contains("a/" + "long".repeat(30) + ".jpg", "(no caption)");
  }

  @Test
  void listsDatasetsAndProjects() {
    assertThat(run(0, Typed.inAScript(), "datasets").out().lines())
        .containsExactly(
            "ID  NAME         PROJECT  VERSION  TYPE      STATUS  IMAGES  CAPTIONS   CREATED",
            "12  Shoot\uFFFD[2J 1        7  fibo     advanced  draft    4 812  completed  2026-05-26 12:00");
    assertThat(run(0, Typed.inAScript(), "projects").out()).contains("ID  NAME", " 7  Spring");
    assertThat(run(1, Typed.inAScript(), "datasets", "--project", "3").err()).contains("HTTP 404");
  }

  @Test
  void reportsEveryFailureByReason() {
    assertThat(run(2, Typed.inAScript(), "report", "12").out())
        .contains("412 image.too-small: 1", "422 image.truncated: 1");
  }

  @Test
  void asksTheServerForItsCsv() {
    assertThat(run(2, Typed.inAScript(), "report", "12", "--csv").out())
        .isEqualTo(FakeDarkroom.CSV);
    assertThat(run(64, Typed.inAScript(), "report", "12", "--csv", "--json").err())
        .contains("exclude each other");
  }

  @Test
  void cancelsAnUpload() {
    assertThat(run(0, Typed.inAScript(), "cancel", "12").out())
        .isEqualTo("Dataset 12: the upload is cancelled.\n");
  }

  @Test
  void hasAllCaptionsWrittenAnew() {
    assertThat(run(2, Typed.inAScript(), "regenerate", "12").out())
        .isEqualTo("Dataset 12: 1 caption written, 1 failed.\n");
    assertThat(run(0, Typed.inAScript(), "regenerate", "12", "--no-wait").out())
        .isEqualTo("Dataset 12: captions are being written.\n");
  }

  private static final String DATASET_PATH = "/tailored-gen/datasets/12";

  private static Answer dataset(String captions) {
    return Answer.ok(
        JsonWriter.string(
            JsonObject.builder().value("id", 12).value("captions_update_status", captions).done()));
  }

  @Test
  void waitsForTheEndOfTheCaptionsOverARestartOfTheServer() {
    try (var server = server()) {
      server.answeringNext("GET " + DATASET_PATH, dataset("in_progress"));
      server.answeringNext("GET " + DATASET_PATH, FakeDarkroom.error(503, "t", "Not now."));
      server.answeringNext("GET " + DATASET_PATH, dataset("in_progress"));
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "regenerate", "12")).isEqualTo(2);
      assertThat(typed.out()).isEqualTo("Dataset 12: 1 caption written, 1 failed.\n");
      assertThat(typed.err()).contains("Not now. (HTTP 503", "Trying again", "The server is back.");
      assertThat(typed.pauses()).hasSize(3);
    }
  }

  @Test
  void followsTheCaptionRunThatIsUnderWay() {
    var busy = FakeDarkroom.error(409, "dataset.busy", "A caption run goes on.");
    try (var server = server()) {
      server.answeringNext("PUT " + DATASET_PATH + "/images", busy);
      server.answeringNext("GET " + DATASET_PATH, dataset("in_progress"));
      server.answeringNext("GET " + DATASET_PATH, dataset("in_progress"));
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "regenerate", "12")).isEqualTo(2);
      assertThat(typed.out()).isEqualTo("Dataset 12: 1 caption written, 1 failed.\n");
      assertThat(typed.err()).contains("Captions of dataset 12 are being written already.");
      assertThat(typed.pauses()).hasSize(1);
    }
    try (var server = server()) {
      server.answeringNext("PUT " + DATASET_PATH + "/images", busy);
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "regenerate", "12")).isEqualTo(1);
      assertThat(typed.err()).contains("darkroom: A caption run goes on.");
    }
  }

  @Test
  void hasOneCaptionWrittenAnew() {
    assertThat(run(0, Typed.inAScript(), "regenerate", "12", "--image", "2").out())
        .isEqualTo("Written anew.\n");
  }

  @Test
  void printsTheServersBodiesAsJson() {
    assertThat(run(0, Typed.inAScript(), "datasets", "--json").out())
        .isEqualTo(JsonWriter.string(JsonArray.from(DATASET)));
    assertThat(run(0, Typed.inAScript(), "projects", "--json").out())
        .isEqualTo("[{\"id\":7,\"project_name\":\"Spring\"}]");
    assertThat(run(0, Typed.inAScript(), "images", "12", "--json").out()).startsWith("[{\"id\":1,");
    assertThat(run(2, Typed.inAScript(), "report", "12", "--json").out())
        .isEqualTo(JsonWriter.string(Statuses.completed()));
    assertThat(run(0, Typed.inAScript(), "cancel", "12", "--json").out())
        .isEqualTo(JsonWriter.string(Statuses.failed()));
    assertThat(run(2, Typed.inAScript(), "regenerate", "12", "--json").out())
        .isEqualTo(JsonWriter.string(DATASET));
    assertThat(run(0, Typed.inAScript(), "regenerate", "12", "--image", "1", "--json").out())
        .startsWith("{\"id\":1,");
  }
}
