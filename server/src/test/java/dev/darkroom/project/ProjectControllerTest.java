package dev.darkroom.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ProjectControllerTest {

  private static final String PROJECTS = "/tailored-gen/projects";

  private static TestServer server;
  private static ApiClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    client = ApiClient.of(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void createsAProjectAndShowsItUnderEveryPrefix() {
    var answer =
        client.post(
            PROJECTS,
            Map.of(
                "project_name", "Branded character",
                "ip_name", "Lora",
                "ip_description", "a girl with purple hair",
                "ip_medium", "illustration",
                "ip_type", "defined_character"));

    assertThat(answer.status()).isEqualTo(201);
    var created = answer.json();
    assertThat(created.propertyNames())
        .containsExactly(
            "id",
            "project_name",
            "project_description",
            "ip_name",
            "ip_description",
            "ip_medium",
            "ip_type",
            "training_version",
            "status",
            "created_at");
    assertThat(created.get("id").isIntegralNumber()).isTrue();
    assertThat(created.get("project_description").asString()).isEmpty();
    assertThat(created.get("training_version").isNull()).isTrue();
    assertThat(created.get("status").asString()).isEqualTo("active");
    assertThat(created.get("created_at").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    for (var prefix : new String[] {"", "/v1", "/v2"}) {
      assertThat(client.get(prefix + PROJECTS + "/" + created.get("id")).json()).isEqualTo(created);
    }
  }

  @Test
  void takesATrainingVersion() {
    for (var version : new String[] {"fibo", "max", "light", "3.2", "2.3"}) {
      var answer = client.post(PROJECTS, project(Map.of("training_version", version)));
      assertThat(answer.json().get("training_version").asString()).isEqualTo(version);
    }
  }

  @Test
  void listsTheNewestFirst() {
    var older = create(Map.of()).get("id").asLong();
    var newer = create(Map.of()).get("id").asLong();
    assertThat(client.get(PROJECTS).json().valueStream().map(p -> p.get("id").asLong()))
        .startsWith(newer, older);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"ip_medium": "photography", "ip_type": "other"}                                           | request.field-missing  | project_name
          {"project_name": null, "ip_medium": "photography", "ip_type": "other"}                     | request.field-missing  | project_name
          {"project_name": " ", "ip_medium": "photography", "ip_type": "other"}                      | request.field-missing  | project_name
          {"project_name": "p", "ip_type": "other"}                                                  | request.field-missing  | ip_medium
          {"project_name": "p", "ip_medium": "photography"}                                          | request.field-missing  | ip_type
          {"project_name": "p", "ip_medium": "photography", "ip_type": "defined_character", "ip_description": "d"} | project.text-missing | ip_name
          {"project_name": "p", "ip_medium": "photography", "ip_type": "defined_character", "ip_name": " ", "ip_description": "d"} | project.text-missing | ip_name
          {"project_name": "p", "ip_medium": "photography", "ip_type": "defined_character", "ip_name": "n"} | project.text-missing | ip_description
          {"project_name": "p", "ip_medium": "illustration", "ip_type": "object_variants"}           | project.text-missing   | ip_description
          {"project_name": "p", "ip_medium": "photography", "ip_type": "object_variants", "ip_description": "d"} | project.medium-refused | illustration
          {"project_name": "p", "ip_medium": "photography", "ip_type": "multi_object_set"}           | project.medium-refused | illustration
          {"project_name": "p", "ip_medium": "photography", "ip_type": "icons"}                      | project.medium-refused | illustration
          {"project_name": "p", "ip_medium": "photography", "ip_type": "character_variants"}         | project.medium-refused | illustration
          """)
  void refusesAProjectThatBreaksTheRulesOfItsType(String body, String type, String word) {
    var answer = client.post(PROJECTS, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo(type);
    assertThat(answer.json().get("message").asString()).contains(word);
  }

  @ParameterizedTest
  @CsvSource({
    "multi_object_set,illustration",
    "object_variants,illustration",
    "icons,illustration",
    "character_variants,illustration",
    "defined_character,photography",
    "defined_character,illustration",
    "stylized_scene,photography",
    "stylized_scene,illustration",
    "other,photography",
    "other,illustration"
  })
  void takesEveryTypeInItsMedia(String type, String medium) {
    var answer =
        client.post(
            PROJECTS,
            Map.of(
                "project_name", "p",
                "ip_name", "n",
                "ip_description", "d",
                "ip_type", type,
                "ip_medium", medium));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().get("ip_type").asString()).isEqualTo(type);
    assertThat(answer.json().get("ip_medium").asString()).isEqualTo(medium);
  }

  @Test
  void changesTheTextsThatAreGivenOnly() {
    var path = PROJECTS + "/" + create(Map.of("ip_name", "before")).get("id");
    var answer =
        client.put(
            path, "{\"project_name\": \"after\", \"ip_name\": null, \"ip_type\": \"icons\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("project_name").asString()).isEqualTo("after");
    assertThat(answer.json().get("ip_name").asString()).isEqualTo("before");
    assertThat(answer.json().get("ip_type").asString()).isEqualTo("other");
    assertThat(client.get(path).json()).isEqualTo(answer.json());

    assertThat(client.put(path, Map.of("ip_name", "")).json().get("ip_name").asString()).isEmpty();
  }

  @Test
  void refusesAChangeThatBreaksTheRulesOfTheType() {
    var path =
        PROJECTS
            + "/"
            + create(Map.of("ip_type", "defined_character", "ip_name", "n", "ip_description", "d"))
                .get("id");
    assertThat(client.put(path, Map.of("project_name", "")).status()).isEqualTo(400);
    assertThat(client.put(path, Map.of("ip_name", "")).type()).isEqualTo("project.text-missing");
    assertThat(client.put(path, Map.of("ip_description", " ")).status()).isEqualTo(400);
    assertThat(client.get(path).json().get("ip_name").asString()).isEqualTo("n");
  }

  @Test
  void deletesAProjectWithItsDatasets() {
    var id = create(Map.of()).get("id").asLong();
    var dataset = createDataset(id);

    var answer = client.delete(PROJECTS + "/" + id);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.bytes()).isEmpty();
    assertThat(client.get(PROJECTS + "/" + id).status()).isEqualTo(404);
    assertThat(client.get("/tailored-gen/datasets/" + dataset).status()).isEqualTo(404);
    assertThat(client.delete(PROJECTS + "/" + id).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"pending,waiting,409", "processing,reading,409"})
  void keepsAProjectWhileABulkUploadRuns(String state, String phase, int status) {
    var id = create(Map.of()).get("id").asLong();
    var dataset = createDataset(id);
    server
        .jdbc()
        .sql(
            """
            WITH job AS (
              INSERT INTO job (dataset_id, running) VALUES (:id, true) RETURNING id AS job_id)
            INSERT INTO bulk_upload (id, dataset_id, organization_id, request_id, legacy, automatic_captioning,
                                     state, phase, source_shown, created_at)
            SELECT job_id, id, organization_id, 'r', false, false, :state, :phase, 's', now()
            FROM dataset, job WHERE id = :id
            """)
        .param("id", dataset)
        .param("state", state)
        .param("phase", phase)
        .update();

    var answer = client.delete(PROJECTS + "/" + id);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo("project.bulk-upload-runs");
    assertThat(client.get("/tailored-gen/datasets/" + dataset).status()).isEqualTo(200);

    server
        .jdbc()
        .sql(
            "UPDATE bulk_upload SET state = 'completed', phase = 'finished', finished_at = now()"
                + " WHERE dataset_id = :id")
        .param("id", dataset)
        .update();
    assertThat(client.delete(PROJECTS + "/" + id).status()).isEqualTo(204);
  }

  private static JsonNode create(Map<String, String> fields) {
    return client.post(PROJECTS, project(fields)).json();
  }

  private static long createDataset(long projectId) {
    return client
        .post("/tailored-gen/datasets", Map.of("project_id", projectId, "name", "d"))
        .json()
        .get("id")
        .asLong();
  }

  private static Map<String, String> project(Map<String, String> fields) {
    var project = new HashMap<String, String>();
    project.put("project_name", "p");
    project.put("ip_medium", "photography");
    project.put("ip_type", "other");
    project.putAll(fields);
    return project;
  }
}
