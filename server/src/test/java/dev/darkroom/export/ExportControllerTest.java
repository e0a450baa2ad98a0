package dev.darkroom.export;

import static dev.darkroom.archive.TestEntry.file;
import static dev.darkroom.export.TestExports.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.bulkupload.UploadClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExportControllerTest {

  private static TestServer server;
  private static TestExports exports;

  @BeforeAll
  static void start() {
    server = TestServer.start(TestExports.SETTINGS);
    exports = new TestExports(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void answersWithALinkToAZip() {
    var answer = exports.ask(exports.dataset("fibo", image("a.png", 1)), "");
    assertThat(answer.status()).isEqualTo(200);
    var json = answer.json();
    assertThat(json.get("download_url").asString()).contains("/zip/0?expires=");
    assertThat(json.get("download_urls")).hasSize(1).first().isEqualTo(json.get("download_url"));
  }

  @Test
  void namesTheCaptionsWhereAllAreAutomatic() {
    long dataset =
        exports.dataset(
            "max", image("a.png", 1), file("a.txt", "a"), image("b.png", 2), file("b.txt", "b"));
    assertThat(exports.links(dataset, "zip").has("captions_url")).as("provided").isFalse();
    exports.caption(dataset, 0, "a", "automatic");
    assertThat(exports.links(dataset, "zip").has("captions_url")).as("one of two").isFalse();
    exports.caption(dataset, 2, "b", "automatic");
    var url = exports.links(dataset, "zip").get("captions_url").asString();
    assertThat(TestExports.lines(exports.stranger().get(url).bytes())).hasSize(2);
    exports.caption(dataset, 2, null, null);
    assertThat(exports.links(dataset, "zip").has("captions_url")).as("one is missing").isFalse();
  }

  @Test
  void namesNoCaptionsWhereThereIsNoImage() {
    assertThat(exports.links(exports.client().dataset("fibo"), "zip").has("captions_url"))
        .isFalse();
  }

  @Test
  void refusesABasicDataset() {
    var answer = exports.ask(exports.client().dataset("fibo", "basic"), "");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.type()).isEqualTo("export.basic-dataset");
  }

  @Test
  void refusesAFormatBeforeItLooksForTheDataset() {
    var answer = exports.ask(999_999, "?format=rar");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("request.parameter-invalid");
    assertThat(answer.text()).contains("zip, imagefolder, kohya, webdataset, captions");
  }

  @Test
  void isForThoseWhoMayReadTheDataset() {
    long dataset = exports.client().dataset("fibo");
    var path = UploadClient.path(dataset, "/download");
    var reader = TestTokens.make(server, "default", Scope.READ);
    assertThat(exports.stranger().with("api_token", reader).get(path).status()).isEqualTo(200);
    var other = TestTokens.make(server, "strangers", Scope.ADMIN);
    assertThat(exports.stranger().with("api_token", other).get(path).status()).isEqualTo(404);
    assertThat(ApiClient.anonymous(server).get(path).status()).isEqualTo(401);
  }

  @Test
  void hasNothingOfAnUploadThatIsNotPublished() {
    long dataset = exports.dataset("fibo", image("a.png", 1), image("b.png", 2));
    server
        .jdbc()
        .sql("UPDATE dataset_image SET published = false WHERE dataset_id = :id AND ordinal = 1")
        .param("id", dataset)
        .update();
    assertThat(exports.files(dataset, "zip")).containsOnlyKeys("a.png", "metadata.jsonl");
  }

  @Test
  void servesUnderAVersionToo() {
    long dataset = exports.dataset("fibo", image("a.png", 1));
    var answer = exports.client().api().get("/v2" + UploadClient.path(dataset, "/download"));
    var url = answer.json().get("download_url").asString();
    assertThat(exports.stranger().get(url).status()).isEqualTo(200);
    assertThat(exports.stranger().get(url.replace("/exports/", "/v1/exports/")).status())
        .isEqualTo(200);
  }
}
