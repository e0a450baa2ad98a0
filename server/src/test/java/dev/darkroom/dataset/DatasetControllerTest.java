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
import org.junit.jupiter.params.provider.ValueSource;

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
  void changesWhatIsGivenOnly() {
    var dataset = datasets.fibo();
    var schema = "{\"style\": \"flat\"}";
    var answer = client.put(path(dataset), Map.of("visual_schema", schema));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("visual_schema").asString()).isEqualTo(schema);
    assertThat(answer.json().get("name").asString()).isEqualTo("d");
    assertThat(answer.json().propertyNames()).doesNotContain("images");

    answer = client.put(path(dataset), "{\"name\": \"new\", \"visual_schema\": null}");
    assertThat(answer.json().get("name").asString()).isEqualTo("new");
    assertThat(answer.json().get("visual_schema").asString()).isEqualTo(schema);

    var legacy = datasets.legacy();
    answer = client.put(path(legacy), Map.of("caption_prefix", "a photo of "));
    assertThat(answer.json().get("caption_prefix").asString()).isEqualTo("a photo of ");
    assertThat(client.put(path(legacy), Map.of()).status()).isEqualTo(200);
  }

  @Test
  void leavesTheVersionAsItIs() {
    var dataset = datasets.fibo();
    var answer = client.put(path(dataset), Map.of("training_version", "max"));
    assertThat(answer.json().get("training_version").asString()).isEqualTo("fibo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"visual_schema\": {\"style\": \"flat\"}}",
        "{\"visual_schema\": \"\"}",
        "{\"visual_schema\": \"[]\"}",
        "{\"visual_schema\": \"text\"}",
        "{\"visual_schema\": \"\\\"text\\\"\"}",
        "{\"visual_schema\": \"null\"}",
        "{\"visual_schema\": \"{\"}",
        "{\"visual_schema\": \"{} {}\"}",
        "{\"visual_schema\": 1}",
        "{\"status\": \"archived\"}",
        "{\"status\": 1}",
        "{\"name\": \"\"}",
        "{\"name\": 1}",
        "{\"caption_prefix\": []}"
      })
  void refusesFieldsThatHoldWhatTheyCannot(String body) {
    var answer = client.put(path(datasets.fibo()), body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).startsWith("request.field-");
  }

  @Test
  void keepsSchemaAndPrefixToTheirFamilies() {
    assertThat(client.put(path(datasets.legacy()), Map.of("visual_schema", "{}")).type())
        .isEqualTo("dataset.schema-on-legacy");
    var answer = client.put(path(datasets.fibo()), Map.of("caption_prefix", "p"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("dataset.prefix-on-fibo");
  }

  @Test
  void completesAFiboDatasetWithFiveImagesAndASchema() {
    var dataset = datasets.fibo();
    images.publish(dataset, 4);
    var tooFew = complete(dataset, "{}");
    assertThat(tooFew.status()).isEqualTo(409);
    assertThat(tooFew.type()).isEqualTo("dataset.too-few-images");
    assertThat(tooFew.json().get("limit").asInt()).isEqualTo(5);
    assertThat(tooFew.json().get("actual").asInt()).isEqualTo(4);

    var enough = datasets.fibo();
    images.publish(enough, 5);
    assertThat(client.put(path(enough), Map.of("status", "completed")).type())
        .isEqualTo("dataset.schema-missing");
    assertThat(complete(enough, "{}").json().get("status").asString()).isEqualTo("completed");
  }

  @Test
  void completesALegacyDatasetWithOneImage() {
    var dataset = datasets.legacy();
    assertThat(client.put(path(dataset), Map.of("status", "completed")).type())
        .isEqualTo("dataset.too-few-images");
    images.publish(dataset, 1);
    assertThat(client.put(path(dataset), Map.of("status", "completed")).status()).isEqualTo(200);
  }

  @Test
  void keepsACompletedDatasetAsItIs() {
    var dataset = datasets.fibo();
    images.publish(dataset, 5);
    complete(dataset, "{\"a\": 1}");

    assertThat(client.put(path(dataset), Map.of("visual_schema", "{\"a\": 2}")).type())
        .isEqualTo("dataset.completed");
    assertThat(client.put(path(dataset), Map.of("status", "draft")).type())
        .isEqualTo("dataset.not-reopened");
    assertThat(complete(dataset, "{\"a\": 1}").status()).isEqualTo(200);
    assertThat(client.put(path(dataset), Map.of("name", "renamed")).status()).isEqualTo(200);

    var legacy = datasets.legacy();
    images.publish(legacy, 1);
    client.put(path(legacy), Map.of("status", "completed"));
    assertThat(client.put(path(legacy), Map.of("caption_prefix", "p")).status()).isEqualTo(409);
  }

  private static ApiClient.Answer complete(long dataset, String schema) {
    return client.put(path(dataset), Map.of("visual_schema", schema, "status", "completed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "processing"})
  void keepsADatasetWhileABulkUploadRuns(String state) {
    var dataset = datasets.fibo();
    var upload = images.upload(dataset, state);
    images.add(dataset, upload, 0, "a.png");

    assertThat(client.put(path(dataset), Map.of("visual_schema", "{}")).type())
        .isEqualTo("dataset.busy");
    assertThat(client.put(path(dataset), Map.of("status", "completed")).type())
        .isEqualTo("dataset.busy");
    assertThat(client.put(path(dataset), Map.of("name", "renamed")).status()).isEqualTo(200);
    assertThat(client.delete(path(dataset)).type()).isEqualTo("dataset.bulk-upload-runs");

    images.end(upload);
    assertThat(client.put(path(dataset), Map.of("visual_schema", "{}")).status()).isEqualTo(200);
    assertThat(client.delete(path(dataset)).status()).isEqualTo(204);
  }

  @Test
  void keepsTheCaptionsRulesWhileACaptionRunGoes() {
    var dataset = datasets.legacy();
    images.publish(dataset, 1);
    server
        .jdbc()
        .sql("UPDATE dataset SET captions_update_status = 'in_progress' WHERE id = :id")
        .param("id", dataset)
        .update();

    assertThat(client.put(path(dataset), Map.of("caption_prefix", "p")).type())
        .isEqualTo("dataset.busy");
    assertThat(client.put(path(dataset), Map.of("status", "completed")).status()).isEqualTo(409);
    assertThat(client.delete(path(dataset)).status()).isEqualTo(204);
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
