package dev.darkroom.dataset;

import static dev.darkroom.dataset.TestDatasets.DATASETS;
import static dev.darkroom.dataset.TestDatasets.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetControllerTest {

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

  @Test
  void createsADatasetAndShowsIt() {
    var project = datasets.project();
    var answer = datasets.post(project, Map.of("name", "dataset v1", "upload_type", "advanced"));

    assertThat(answer.status()).isEqualTo(201);
    var created = answer.json();
    assertThat(created.propertyNames())
        .containsExactly(
            "id",
            "project_id",
            "name",
            "training_version",
            "visual_schema",
            "caption_prefix",
            "status",
            "captions_update_status",
            "upload_type",
            "images_count",
            "created_at",
            "updated_at");
    assertThat(created.get("project_id").asLong()).isEqualTo(project);
    assertThat(created.get("name").asString()).isEqualTo("dataset v1");
    assertThat(created.get("training_version").asString()).isEqualTo("fibo");
    assertThat(created.get("visual_schema").isNull()).isTrue();
    assertThat(created.get("caption_prefix").isNull()).isTrue();
    assertThat(created.get("status").asString()).isEqualTo("draft");
    assertThat(created.get("captions_update_status").asString()).isEqualTo("empty");
    assertThat(created.get("upload_type").asString()).isEqualTo("advanced");
    assertThat(created.get("images_count").asInt()).isZero();
    assertThat(created.get("updated_at")).isEqualTo(created.get("created_at"));

    var shown = client.get("/v2" + path(created.get("id").asLong())).json();
    assertThat(shown.propertyNames()).endsWith("images").hasSize(13);
    assertThat(shown.get("images").isArray()).isTrue();
  }

  @Test
  void isBasicUnlessSaidOtherwise() {
    var answer = datasets.post(datasets.project(), Map.of());
    assertThat(answer.json().get("upload_type").asString()).isEqualTo("basic");
  }

  @Test
  void refusesADatasetWithoutProjectOrName() {
    var project = datasets.project();
    assertThat(client.post(DATASETS, Map.of("name", "d")).type())
        .isEqualTo("request.field-missing");
    assertThat(client.post(DATASETS, Map.of("project_id", project)).status()).isEqualTo(400);
    assertThat(datasets.post(project, Map.of("name", " ")).status()).isEqualTo(400);
    assertThat(datasets.post(999999, Map.of()).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // the project's, the dataset's, the outcome, the project's afterwards
        "-, -, fibo, fibo",
        "-, fibo, fibo, fibo",
        "-, max, max, max",
        "-, 2.3, 2.3, 2.3",
        "max, -, max, max",
        "max, light, light, max",
        "3.2, 2.3, 2.3, 3.2",
        "fibo, -, fibo, fibo",
        "fibo, fibo, fibo, fibo",
        "fibo, max, -, fibo",
        "light, fibo, -, light"
      })
  void takesTheVersionOfTheDatasetElseOfTheProjectElseTheDefault(
      String ofProject, String ofDataset, String outcome, String afterwards) {
    var project = datasets.project(fields(ofProject));
    var answer = datasets.post(project, fields(ofDataset));
    if (outcome == null) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.type()).isEqualTo("dataset.other-family");
    } else {
      assertThat(answer.json().get("training_version").asString()).isEqualTo(outcome);
    }
    assertThat(
            client
                .get("/tailored-gen/projects/" + project)
                .json()
                .get("training_version")
                .asString())
        .isEqualTo(afterwards);
  }

  private static Map<String, String> fields(String version) {
    return version == null ? Map.of() : Map.of("training_version", version);
  }

  @Test
  void takesTheOperatorsDefaultVersion() {
    try (var other = TestServer.start(Map.of("darkroom.default-training-version", "3.2"))) {
      var theirs = new TestDatasets(ApiClient.of(other));
      var answer = theirs.post(theirs.project(), Map.of());
      assertThat(answer.json().get("training_version").asString()).isEqualTo("3.2");
    }
  }

  @Test
  void locksAProjectToOneFamilyHoweverManyDatasetsComeAtOnce() throws Exception {
    for (var round = 0; round < 5; round++) {
      var project = datasets.project();
      var creations = new ArrayList<Callable<Integer>>();
      for (var i = 0; i < 10; i++) {
        var version = i % 2 == 0 ? "fibo" : "max";
        creations.add(() -> datasets.post(project, Map.of("training_version", version)).status());
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var statuses = threads.invokeAll(creations).stream().map(Future::resultNow).toList();
        assertThat(statuses).containsOnly(201, 400);
        assertThat(statuses).filteredOn(s -> s == 201).hasSize(5);
      }
      var made = client.get("/tailored-gen/projects/" + project + "/datasets").json();
      assertThat(made.valueStream().map(d -> d.get("training_version").asString()).distinct())
          .hasSize(1);
    }
  }

  @Test
  void listsTheNewestFirst() {
    var project = datasets.project();
    var older = datasets.post(project, Map.of()).json().get("id").asLong();
    var newer = datasets.post(project, Map.of()).json().get("id").asLong();
    var elsewhere = datasets.fibo();

    assertThat(ids(DATASETS)).startsWith(elsewhere, newer, older);
    assertThat(ids("/tailored-gen/projects/" + project + "/datasets"))
        .containsExactly(newer, older);
    assertThat(client.get("/tailored-gen/projects/999999/datasets").status()).isEqualTo(404);
  }

  private static List<Long> ids(String path) {
    return client.get(path).json().valueStream().map(d -> d.get("id").asLong()).toList();
  }

  @Test
  void showsThatThereAreNoModelsToThoseWhoAsk() {
    var project = datasets.project();
    datasets.post(project, Map.of());
    var path = "/tailored-gen/projects/" + project + "/datasets";

    var plain = client.get(path).json().get(0);
    assertThat(plain.propertyNames()).doesNotContain("models", "model_ids", "images");
    for (var list : new String[] {path, DATASETS}) {
      var asked = client.get(list + "?include_models=true&include_models_ids=true").json().get(0);
      assertThat(asked.get("models").isArray()).isTrue();
      assertThat(asked.get("models").isEmpty()).isTrue();
      assertThat(asked.get("model_ids").isEmpty()).isTrue();
    }
    assertThat(client.get(DATASETS + "?include_models=perhaps").status()).isEqualTo(400);
  }

  @Test
  void showsAtMostTheImagesThatAreAskedFor() {
    var dataset = datasets.fibo();
    images.publish(dataset, 3);

    assertThat(client.get(path(dataset)).json().get("images").size()).isEqualTo(3);
    assertThat(client.get(path(dataset) + "?max_images=2").json().get("images").size())
        .isEqualTo(2);
    assertThat(client.get(path(dataset) + "?max_images=200").status()).isEqualTo(200);
    for (var wrong : new String[] {"0", "201", "-1", "x"}) {
      var answer = client.get(path(dataset) + "?max_images=" + wrong);
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(answer.type()).isEqualTo("request.parameter-invalid");
    }
  }

  @Test
  void countsVisibleImagesOnly() {
    var dataset = datasets.fibo();
    var upload = images.upload(dataset, "processing");
    images.add(dataset, upload, 0, "a.png");

    var shown = client.get(path(dataset)).json();
    assertThat(shown.get("images_count").asInt()).isZero();
    assertThat(shown.get("images").isEmpty()).isTrue();

    assertThat(server.bean(DatasetImages.class).publish(upload)).isEqualTo(1);
    assertThat(client.get(path(dataset)).json().get("images_count").asInt()).isEqualTo(1);
    assertThat(client.get(DATASETS).json().get(0).get("images_count").asInt()).isEqualTo(1);
  }

  @Test
  void deletesADatasetWithItsImagesAndLeavesTheBytesToTheCleanUp() {
    var dataset = datasets.fibo();
    images.publish(dataset, 2);
    var answer = client.delete(path(dataset));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(client.get(path(dataset)).status()).isEqualTo(404);
    assertThat(count("SELECT count(*) FROM dataset_image WHERE dataset_id = " + dataset)).isZero();
    assertThat(count("SELECT count(*) FROM bulk_upload WHERE dataset_id = " + dataset)).isZero();
    assertThat(
            count(
                "SELECT count(*) FROM stored_object LEFT JOIN dataset_image"
                    + " ON stored_object_id = stored_object.id WHERE dataset_image.id IS NULL"))
        .isGreaterThanOrEqualTo(2);
  }

  private static int count(String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }
}
