package dev.darkroom.dataset;

import static dev.darkroom.dataset.TestDatasets.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ClonesTest {

  /// What an image has of its own, or what ties it to the upload that it came with.
  private static final Set<String> OWN_OF_AN_IMAGE =
      Set.of("id", "dataset_id", "bulk_upload_id", "created_at", "updated_at", "caption_job_id");

  private static TestServer server;
  private static ApiClient client;
  private static TestDatasets datasets;
  private static TestImages images;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    client = ApiClient.of(server);
    datasets = new TestDatasets(client);
    images = new TestImages(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer post(long dataset, Object body) {
    return client.post(path(dataset) + "/clone", body);
  }

  private static JsonNode made(long dataset) {
    var answer = post(dataset, Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  @Test
  void inheritsWhatMakesTheDatasetAndIsADraft() {
    long origin = datasets.fibo();
    images.publish(origin, 5);
    client.put(path(origin), Map.of("visual_schema", "{\"context\": \"a farm\"}"));
    assertThat(client.put(path(origin), Map.of("status", "completed")).status()).isEqualTo(200);
    var clone = made(origin);
    assertThat(clone.get("name").asString()).isEqualTo("Copy of d");
    assertThat(clone.get("status").asString()).isEqualTo("draft");
    assertThat(clone.get("upload_type").asString()).isEqualTo("advanced");
    assertThat(clone.get("training_version").asString()).isEqualTo("fibo");
    assertThat(clone.get("visual_schema").asString()).isEqualTo("{\"context\": \"a farm\"}");
    assertThat(clone.get("caption_prefix").isNull()).isTrue();
    assertThat(clone.get("images_count").asInt()).isEqualTo(5);
    assertThat(clone.get("project_id"))
        .isEqualTo(client.get(path(origin)).json().get("project_id"));
    assertThat(client.get(path(clone.get("id").asLong())).json()).isEqualTo(clone);
  }

  @Test
  void inheritsThePrefixOfALegacyDataset() {
    long origin = datasets.make(Map.of("training_version", "2.3"));
    client.put(path(origin), Map.of("caption_prefix", "in the style of x, "));
    var clone = made(origin);
    assertThat(clone.get("caption_prefix").asString()).isEqualTo("in the style of x, ");
    assertThat(clone.get("training_version").asString()).isEqualTo("2.3");
    assertThat(clone.get("upload_type").asString()).isEqualTo("basic");
  }

  @Test
  void takesANameAndADescriptionThatNobodySees() {
    var answer = post(datasets.fibo(), Map.of("name", "second", "description", "try again"));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().get("name").asString()).isEqualTo("second");
    assertThat(answer.text()).doesNotContain("description").doesNotContain("try again");
  }

  @Test
  void needsNoBody() {
    var answer = client.send("POST", path(datasets.fibo()) + "/clone", BodyPublishers.noBody());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"name\": \" \"}", "{\"name\": 7}", "{\"description\": 7}"})
  void refusesFieldsThatAreNone(String body) {
    assertThat(post(datasets.fibo(), body).status()).isEqualTo(400);
  }

  @Test
  void hasTheSameBytesUnderLinksOfItsOwn() {
    long origin = datasets.fibo();
    images.publish(origin, 3);
    var clone = made(origin);
    var theirs = client.get(path(origin) + "/images").json();
    for (int i = 0; i < 3; i++) {
      var image = clone.get("images").get(i);
      assertThat(image.get("image_name")).isEqualTo(theirs.get(i).get("image_name"));
      assertThat(image.get("sha256")).isEqualTo(theirs.get(i).get("sha256"));
      assertThat(image.get("id")).isNotEqualTo(theirs.get(i).get("id"));
      assertThat(image.get("dataset_id")).isEqualTo(clone.get("id"));
      assertThat(ApiClient.anonymous(server).get(image.get("image_url").asString()).bytes())
          .isEqualTo(TestImages.original(i));
    }
    assertThat(
            server
                .jdbc()
                .sql(
                    "SELECT count(DISTINCT stored_object_id) FROM dataset_image WHERE dataset_id IN (:a, :b)")
                .param("a", origin)
                .param("b", clone.get("id").asLong())
                .query((row, _) -> row.getInt(1))
                .single())
        .isEqualTo(3);
  }

  /// A column that is added to images later has to be thought of here.
  @Test
  void hasEveryColumnOfItsImages() {
    long origin = datasets.fibo();
    images.publish(origin, 1);
    server
        .jdbc()
        .sql(
            "UPDATE dataset_image SET caption = '{}', caption_source = 'automatic', caption_author = 'a',"
                + " upload_source_url = 'https://example.com/a' WHERE dataset_id = :id")
        .param("id", origin)
        .update();
    var copied = new TreeSet<>(columns(origin).keySet());
    copied.removeAll(OWN_OF_AN_IMAGE);
    var theirs = columns(origin);
    var ours = columns(made(origin).get("id").asLong());
    assertThat(copied)
        .isNotEmpty()
        .allSatisfy(
            column -> assertThat(ours.get(column)).as(column).isEqualTo(theirs.get(column)));
    assertThat(ours.get("bulk_upload_id")).isNull();
    assertThat(Clones.CLONE_IMAGES.split("\\W+", -1)).containsAll(copied);
  }

  private static Map<String, @Nullable Object> columns(long dataset) {
    return server
        .jdbc()
        .sql("SELECT * FROM dataset_image WHERE dataset_id = :id")
        .param("id", dataset)
        .query()
        .singleRow();
  }

  @Test
  void leavesOutWhatIsNotPublished() {
    long origin = datasets.fibo();
    images.publish(origin, 2);
    long upload =
        server
            .jdbc()
            .sql("SELECT id FROM bulk_upload WHERE dataset_id = :id")
            .param("id", origin)
            .query((row, _) -> row.getLong(1))
            .single();
    images.add(origin, upload, 7, "unseen.jpg");
    assertThat(made(origin).get("images_count").asInt()).isEqualTo(2);
  }

  @Test
  void answersWithTheFirst200ImagesAndHasThemAll() {
    long origin = datasets.fibo();
    images.publish(origin, 203);
    var clone = made(origin);
    assertThat(clone.get("images")).hasSize(200);
    assertThat(clone.get("images_count").asInt()).isEqualTo(203);
    assertThat(
            client
                .get(path(clone.get("id").asLong()) + "/images")
                .json()
                .get(202)
                .get("image_name")
                .asString())
        .isEqualTo("shoot/202.jpg");
  }

  @ParameterizedTest
  @CsvSource({
    "empty,       true,  empty",
    "in_progress, true,  completed",
    "completed,   true,  completed",
    "completed,   false, empty"
  })
  void isNeverBeingCaptioned(String status, boolean withImages, String expected) {
    long origin = datasets.fibo();
    if (withImages) images.publish(origin, 1);
    server
        .bean(Datasets.class)
        .setCaptionsUpdateStatus(
            origin, CaptionsUpdateStatus.valueOf(status.toUpperCase(Locale.ROOT)));
    assertThat(made(origin).get("captions_update_status").asString()).isEqualTo(expected);
  }

  @Test
  void isRefusedWhileABulkUploadRuns() {
    long origin = datasets.fibo();
    long upload = images.upload(origin, "processing");
    var answer = post(origin, Map.of());
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.type()).isEqualTo("dataset.bulk-upload-runs");
    images.end(upload);
    assertThat(made(origin).get("images_count").asInt()).isZero();
  }

  @Test
  void isForThoseWhoMayWriteAndFindTheDataset() {
    long origin = datasets.fibo();
    images.upload(origin, "processing");
    var reader =
        ApiClient.anonymous(server)
            .with("api_token", TestTokens.make(server, "default", Scope.READ));
    assertThat(reader.post(path(origin) + "/clone", "{}").status()).isEqualTo(403);
    assertThat(reader.post(path(999_999) + "/clone", "{}").type()).isEqualTo("dataset.not-found");
    var stranger =
        ApiClient.anonymous(server)
            .with("api_token", TestTokens.make(server, "strangers", Scope.WRITE));
    assertThat(stranger.post(path(origin) + "/clone", "{}").type()).isEqualTo("dataset.not-found");
  }

  @Test
  void isADatasetOfItsOwn() {
    long origin = datasets.fibo();
    images.publish(origin, 2);
    var clone = made(origin).get("id").asLong();
    var first = client.get(path(clone) + "/images").json().get(0).get("id").asLong();
    assertThat(client.delete(path(clone) + "/images/" + first).status()).isEqualTo(204);
    assertThat(client.put(path(clone), Map.of("visual_schema", "{}")).status()).isEqualTo(200);
    var theirs = client.get(path(origin)).json();
    assertThat(theirs.get("images_count").asInt()).isEqualTo(2);
    assertThat(theirs.get("visual_schema").isNull()).isTrue();
    assertThat(client.delete(path(origin)).status()).isEqualTo(204);
    assertThat(client.get(path(clone)).json().get("images_count").asInt()).isEqualTo(1);
  }
}
