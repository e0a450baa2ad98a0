package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FailureResponsesTest {

  private static final String PROJECTS = "/tailored-gen/projects";
  private static final String DATASETS = "/tailored-gen/datasets";

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
  void namesEveryRequest() {
    var one = client.get(PROJECTS).header("X-Request-Id").orElseThrow();
    var other = client.with("X-Request-Id", "mine").get(PROJECTS).header("X-Request-Id");
    assertThat(one).hasSizeGreaterThan(20);
    assertThat(other).isPresent().get().isNotEqualTo(one).isNotEqualTo("mine");
    assertThat(ApiClient.anonymous(server).get("/actuator/health/liveness").header("X-Request-Id"))
        .isPresent();
  }

  @Test
  void hasOneShapeForEveryFailure() {
    assertShape(client.get("/no/such/path"), 404, "request.unknown-path");
    assertShape(client.get("/"), 404, "request.unknown-path");
    assertShape(client.get("/error"), 404, "request.unknown-path");
    assertShape(client.get("/v1/no/such/path"), 404, "request.unknown-path");
    assertShape(client.get("/v3/tailored-gen/projects"), 404, "request.unknown-path");
    assertShape(
        client.get(DATASETS + "/1/images/bulk-upload/nonsense"), 404, "request.unknown-path");
    assertShape(client.get(PROJECTS + "/999999"), 404, "project.not-found");
    assertShape(ApiClient.anonymous(server).get(PROJECTS), 401, "token.missing");
    assertShape(client.delete(PROJECTS), 405, "request.method-not-allowed");
    assertShape(
        client.send("BREW", PROJECTS, BodyPublishers.noBody()), 405, "request.method-not-allowed");
    assertShape(client.with("Accept", "text/html").get(PROJECTS), 406, "request.not-acceptable");
    assertShape(
        client.with("Content-Type", "text/xml").post(PROJECTS, "<p/>"),
        415,
        "request.media-type-not-supported");
    assertShape(
        client.with("Content-Type", "nonsense").post(PROJECTS, "{}"),
        415,
        "request.media-type-not-supported");
    assertShape(client.post(PROJECTS, "{\"project_name\": "), 400, "request.json-malformed");
    assertShape(client.post(PROJECTS, "{'a': 1}"), 400, "request.json-malformed");
    assertShape(client.post(PROJECTS, "[".repeat(100_000)), 400, "request.body-missing");
    assertShape(client.post(PROJECTS, "{\"a\":".repeat(100_000)), 400, "request.json-too-complex");
    assertShape(client.post(PROJECTS, "[]"), 400, "request.body-missing");
    assertShape(client.post(PROJECTS, "null"), 400, "request.body-missing");
    assertShape(client.post(PROJECTS, "\"text\""), 400, "request.body-missing");
    assertShape(client.post(PROJECTS, "{} {}"), 400, "request.body-missing");
    assertShape(
        client.with("Content-Type", "application/json").post(PROJECTS, ""),
        400,
        "request.body-missing");
  }

  static void assertShape(ApiClient.Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).hasValue("application/json");
    var body = answer.json();
    assertThat(body.propertyNames()).containsExactly("message", "error", "request_id", "type");
    assertThat(body.get("message").asString()).matches("[A-Z].*[.]");
    assertThat(body.get("error").propertyNames()).containsExactly("code", "message", "details");
    assertThat(body.at("/error/code").isInt()).isTrue();
    assertThat(body.at("/error/code").asInt()).isEqualTo(status);
    assertThat(body.at("/error/message").asString()).isEqualTo(body.get("message").asString());
    assertThat(body.at("/error/details").isString()).isTrue();
    assertThat(body.get("type").asString()).isEqualTo(type);
    assertThat(answer.header("X-Request-Id")).hasValue(body.get("request_id").asString());
  }

  @Test
  void saysWhichMethodsAPathTakes() {
    assertThat(client.delete(PROJECTS).header("Allow").orElseThrow().split(", "))
        .containsExactlyInAnyOrder("GET", "POST");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /tailored-gen/projects | {"project_name": 5}                   | project_name | a string
          /tailored-gen/projects | {"project_name": true}                | project_name | a string
          /tailored-gen/projects | {"project_name": ["p"]}               | project_name | a string
          /tailored-gen/projects | {"project_name": {}}                  | project_name | a string
          /tailored-gen/projects | {"project_name": "p\\u0000"}          | project_name | free of NUL
          /tailored-gen/projects | {"ip_type": "cube"}                   | ip_type      | one of multi_object_set, object_variants,
          /tailored-gen/projects | {"ip_type": "ICONS"}                  | ip_type      | one of multi_object_set, object_variants,
          /tailored-gen/projects | {"ip_type": ""}                       | ip_type      | one of multi_object_set, object_variants,
          /tailored-gen/projects | {"ip_type": 0}                        | ip_type      | one of multi_object_set, object_variants,
          /tailored-gen/projects | {"ip_medium": "oil"}                  | ip_medium    | one of photography, illustration
          /tailored-gen/projects | {"training_version": "4"}             | training_version | one of fibo, max, light, 3.2, 2.3
          /tailored-gen/projects | {"training_version": 3.2}             | training_version | one of fibo, max, light, 3.2, 2.3
          /tailored-gen/datasets | {"project_id": "1", "name": "d"}      | project_id   | an integer
          /tailored-gen/datasets | {"project_id": "", "name": "d"}       | project_id   | an integer
          /tailored-gen/datasets | {"project_id": 1.0, "name": "d"}      | project_id   | an integer
          /tailored-gen/datasets | {"project_id": 1e0, "name": "d"}      | project_id   | an integer
          /tailored-gen/datasets | {"project_id": true, "name": "d"}     | project_id   | an integer
          /tailored-gen/datasets | {"project_id": [1], "name": "d"}      | project_id   | an integer
          /tailored-gen/datasets | {"project_id": 9223372036854775808, "name": "d"} | project_id | an integer
          /tailored-gen/datasets | {"project_id": 1, "name": "d", "upload_type": "huge"} | upload_type | one of basic, advanced
          """)
  void namesTheFieldOfTheWrongType(String path, String body, String field, String rule) {
    var answer = client.post(path, body);
    assertShape(answer, 400, "request.field-invalid");
    assertThat(answer.json().get("message").asString())
        .contains("The field " + field + " must be")
        .contains(rule);
  }

  @ParameterizedTest
  @CsvSource({"x", "1.0", "0x1", "+1", "1e3", "%201", "99999999999999999999", "null"})
  void refusesIdsThatAreNotIntegers(String id) {
    for (var path :
        new String[] {
          PROJECTS + "/" + id,
          PROJECTS + "/" + id + "/datasets",
          DATASETS + "/" + id,
          DATASETS + "/" + id + "/images",
          DATASETS + "/1/images/" + id
        }) {
      var answer = client.get(path);
      assertShape(answer, 400, "request.parameter-invalid");
      assertThat(answer.text()).contains("must be an integer");
    }
    assertThat(client.get(PROJECTS + "/-1").status()).isEqualTo(404);
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    var name = "\"" + "n".repeat(BodyLimit.MAX_BYTES) + "\"";
    var body = "{\"project_name\": " + name + "}";
    for (var publisher :
        new BodyPublisher[] {
          BodyPublishers.ofString(body),
          BodyPublishers.fromPublisher(BodyPublishers.ofString(body)) // chunked, of unknown length
        }) {
      var answer =
          client.with("Content-Type", "application/json").send("POST", PROJECTS, publisher);
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.type()).isEqualTo("request.body-too-large");
      assertThat(answer.json().get("limit").asLong()).isEqualTo(1 << 20);
      assertThat(answer.json().get("actual").asLong()).isGreaterThan(1 << 20);
    }
  }

  @Test
  void ignoresUnknownFields() {
    var answer =
        client.post(
            PROJECTS,
            Map.of("project_name", "p", "ip_medium", "photography", "ip_type", "other", "x", 1));
    assertThat(answer.status()).isEqualTo(201);
  }

  @Test
  void answersInTheSameShapeWhereTomcatRefusesTheRequest() throws IOException {
    for (var target : new String[] {"/a%zz", "/a\\b", "/a{b}", "/%00"}) {
      var answer = raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(answer).as(target).startsWith("HTTP/1.1 400 ").contains("application/json");
      var body = JsonMapper.shared().readTree(answer.substring(answer.indexOf("{\"message")));
      assertThat(answer).contains("X-Request-Id: " + body.get("request_id").asString());
      assertThat(body.get("type").asString()).isEqualTo("request.refused");
    }
  }

  private static String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void tellsNothingOfItsOwnErrors() {
    try (var broken = TestServer.start()) {
      broken.jdbc().sql("ALTER TABLE project RENAME COLUMN ip_name TO gone").update();
      var answer =
          ApiClient.of(broken)
              .post(
                  PROJECTS,
                  Map.of("project_name", "p", "ip_medium", "photography", "ip_type", "other"));
      assertShape(answer, 500, "server.internal-error");
      assertThat(answer.text())
          .doesNotContainIgnoringCase("ip_name")
          .doesNotContainIgnoringCase("sql")
          .doesNotContain("dev.darkroom", "java.", "/src/");
    }
  }

  @Test
  void asksToComeBackWhenTheDatabaseIsAway() {
    try (var cut =
        TestServer.start(
            Map.of(
                "spring.datasource.hikari.connection-timeout",
                "500",
                "logging.level.root",
                "off"))) {
      cut.database().close();
      var answer = ApiClient.of(cut).get(PROJECTS);
      assertShape(answer, 503, "server.unavailable");
      assertThat(answer.header("Retry-After")).isPresent();
      assertThat(answer.text()).doesNotContain("127.0.0.1", "postgres");
    }
  }

  /// At the statement, and at the commit.
  @ParameterizedTest
  @ValueSource(strings = {"TRIGGER", "CONSTRAINT TRIGGER"})
  void saysThatTheDatabaseIsOutWhereAConnectionBreaksInTheMiddleOfARequest(String trigger) {
    try (var broken = TestServer.start()) {
      broken
          .jdbc()
          .sql(
              """
              CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                PERFORM pg_terminate_backend(pg_backend_pid());
                RETURN NEW;
              END $$
              """)
          .update();
      String when = trigger.equals("TRIGGER") ? "" : "DEFERRABLE INITIALLY DEFERRED";
      broken
          .jdbc()
          .sql(
              "CREATE %s hang_up AFTER INSERT ON project %s FOR EACH ROW EXECUTE FUNCTION hang_up()"
                  .formatted(trigger, when))
          .update();
      var project = Map.of("project_name", "p", "ip_medium", "photography", "ip_type", "other");
      var answer = ApiClient.of(broken).post(PROJECTS, project);
      assertShape(answer, 503, "server.unavailable");
      assertThat(answer.header("Retry-After")).hasValue("5");
      assertThat(ApiClient.of(broken).get(PROJECTS).status()).isEqualTo(200);
    }
  }
}
