package dev.darkroom.dataset;

import static dev.darkroom.dataset.TestDatasets.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What can become of a dataset that is there.
class DatasetChangeTest {

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
        "{\"visual_schema\": \"{\\\"a\\\": 1, \\\"a\\\": 2}\"}",
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

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"style_medium\": 3}; visual-schema.wrong-type",
        "{\"aesthetics\": {\"color_scheme\": [\"red\"]}}; visual-schema.wrong-type",
        "{\"aesthetics.color_scheme\": null}; visual-schema.wrong-type",
        "{\"lighting\": \"soft\"}; visual-schema.wrong-type",
        "{\"objects\": \"a fox\"}; visual-schema.wrong-type",
        "{\"lighting.shadows\": \"a\", \"lighting\": {\"shadows\": \"b\"}}; visual-schema.ambiguous"
      })
  void refusesASchemaThatNoCaptionCanFollow(String schema, String type) {
    var dataset = datasets.fibo();
    var answer = client.put(path(dataset), Map.of("name", "new", "visual_schema", schema));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo(type);
    var kept = client.get(path(dataset)).json();
    assertThat(kept.get("visual_schema").isNull()).isTrue();
    assertThat(kept.get("name").asString()).isEqualTo("d");
  }

  @Test
  void takesASchemaThatFixesValuesAndSaysMore() {
    var schema =
        """
        {"style_medium": "watercolour", "aesthetics.color_scheme": "pastel", "lighting": {"shadows": null},
         "season": {"name": "autumn"}}
        """;
    var answer = client.put(path(datasets.fibo()), Map.of("visual_schema", schema));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("visual_schema").asString()).isEqualTo(schema);
  }

  @Test
  void refusesASchemaOfMoreThan32Kilobytes() {
    var schema = "{\"a\": \"%s\"}".formatted("x".repeat(32_768));
    var answer = client.put(path(datasets.fibo()), Map.of("visual_schema", schema));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("visual-schema.too-large");
    assertThat(answer.json().get("limit").asInt()).isEqualTo(32_768);
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
}
