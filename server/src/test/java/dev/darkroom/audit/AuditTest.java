package dev.darkroom.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.account.Organizations;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AuditTest {

  private static final String PROJECTS = "/tailored-gen/projects";
  private static final Map<String, String> PROJECT =
      Map.of("project_name", "secret-name", "ip_medium", "photography", "ip_type", "other");

  private static TestServer server;
  private static ApiClient operator;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    operator = ApiClient.of(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void tellsWhoMadeWhat() {
    var made = clientOf("makers", Scope.WRITE).post(PROJECTS, PROJECT);
    var entry = entryOf(made);
    assertThat(entry.propertyNames())
        .containsExactly(
            "id",
            "at",
            "request_id",
            "organization_id",
            "organization",
            "token_id",
            "token",
            "method",
            "route",
            "things",
            "status");
    assertThat(entry.get("organization").asString()).isEqualTo("makers");
    assertThat(entry.get("token").asString()).startsWith("test-");
    assertThat(entry.get("method").asString()).isEqualTo("POST");
    assertThat(entry.get("route").asString()).isEqualTo(PROJECTS);
    assertThat(entry.at("/things/id").asString()).isEqualTo(made.json().get("id").toString());
    assertThat(entry.get("status").asInt()).isEqualTo(201);
    assertThat(Instant.parse(entry.get("at").asString()))
        .isCloseTo(Instant.now(), within(5, ChronoUnit.MINUTES));
  }

  @Test
  void tellsWhatWasChangedAndWhatWasRefused() {
    var writer = clientOf("refused", Scope.WRITE);
    var reader = clientOf("refused", Scope.READ);
    var id = writer.post(PROJECTS, PROJECT).json().get("id").asLong();
    var path = PROJECTS + "/" + id;

    var forbidden = entryOf(reader.with("X-Note", "x").delete("/v2" + path + "?token=hidden"));
    assertThat(forbidden.get("status").asInt()).isEqualTo(403);
    assertThat(forbidden.get("route").asString()).isEqualTo(PROJECTS + "/{project_id}");
    assertThat(forbidden.at("/things/project_id").asString()).isEqualTo(Long.toString(id));
    assertThat(entryOf(writer.put(path, "{\"project_name\": ")).get("status").asInt())
        .isEqualTo(400);
    assertThat(entryOf(clientOf("others", Scope.WRITE).delete(path)).get("status").asInt())
        .isEqualTo(404);
    assertThat(entryOf(writer.delete(path)).get("status").asInt()).isEqualTo(204);
    assertThat(entryOf(writer.delete("/no/such/path")).get("route").isNull()).isTrue();
    assertThat(entryOf(writer.delete(PROJECTS)).get("status").asInt()).isEqualTo(405);
  }

  @Test
  void keepsNoSecretAndNoBody() {
    var created =
        operator.post(
            "/admin/tokens",
            Map.of("organization", "default", "name", "fresh", "scope", "read", "note", "in-body"));
    entryOf(created);
    entryOf(operator.post(PROJECTS + "?signature=hidden", PROJECT));
    entryOf(operator.delete(PROJECTS + "/" + "p".repeat(200)));
    var log = rows();
    assertThat(log)
        .doesNotContain(created.json().get("token").asString())
        .doesNotContain(server.token(), "in-body", "secret-name", "hidden", "ppp");
  }

  @Test
  void leavesOutWhoOnlyLooksAndWhoIsNotKnown() {
    operator.get(PROJECTS);
    ApiClient.anonymous(server).post(PROJECTS, PROJECT);
    ApiClient.anonymous(server).with("api_token", "nonsense").post(PROJECTS, PROJECT);
    var last = entryOf(operator.post(PROJECTS, PROJECT));
    assertThat(rows()).doesNotContain("GET");
    assertThat(all("").stream().filter(entry -> entry.get("status").asInt() == 401)).isEmpty();
    assertThat(last.get("status").asInt()).isEqualTo(201);
  }

  @Test
  void isReadPageByPageNewestFirst() {
    var client = clientOf("pages", Scope.WRITE);
    List<String> requests = new ArrayList<>();
    for (int n = 0; n < 7; n++) {
      var made = client.post(PROJECTS, PROJECT);
      entryOf(made);
      requests.addFirst(made.header("X-Request-Id").orElseThrow());
    }
    List<String> read = new ArrayList<>();
    var cursor = "";
    do {
      var page = operator.get("/admin/audit?organization=pages&limit=3" + cursor).json();
      page.get("entries").forEach(entry -> read.add(entry.get("request_id").asString()));
      var next = page.get("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
      assertThat(page.get("entries").size()).isLessThanOrEqualTo(3);
    } while (!cursor.isEmpty());
    assertThat(read).isEqualTo(requests);
  }

  @Test
  void isReadOfATime() {
    var made = clientOf("times", Scope.WRITE).post(PROJECTS, PROJECT);
    var entry = entryOf(made);
    var at = Instant.parse(entry.get("at").asString());
    assertThat(all("&organization=times&from=" + at)).hasSize(1);
    assertThat(all("&organization=times&from=" + at.plusSeconds(1))).isEmpty();
    assertThat(all("&organization=times&to=" + at.plusSeconds(1))).hasSize(1);
    assertThat(all("&organization=times&to=" + at)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=yesterday",
        "from=",
        "from=%2B999999999-12-31T00:00:00Z",
        "to=2026-05-26",
        "cursor=x",
        "cursor=999999999999999999-1x",
        "limit=0",
        "limit=1001",
        "limit=x"
      })
  void refusesAMalformedQuery(String query) {
    assertThat(operator.get("/admin/audit?" + query).status()).isEqualTo(400);
  }

  @Test
  void isForAdminsOnly() {
    var answer = clientOf("curious", Scope.WRITE).get("/admin/audit");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.type()).isEqualTo("token.not-admin");
  }

  @Test
  void isNeverChanged() {
    entryOf(operator.post(PROJECTS, PROJECT));
    assertThatThrownBy(() -> server.jdbc().sql("UPDATE audit_entry SET status = 200").update())
        .hasStackTraceContaining("never changed");
  }

  @Test
  void outlivesWhatItTellsOf() {
    var made = clientOf("gone", Scope.WRITE).post(PROJECTS, PROJECT);
    entryOf(made);
    var organizations = server.bean(Organizations.class);
    operator.delete("/admin/organizations/" + organizations.get("gone").id());
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> operator.get("/admin/organizations").text(), text -> !text.contains("gone"));
    assertThat(all("&organization=gone")).hasSize(1);
  }

  @Test
  void forgetsWhatIsOlderThanItsRetention() {
    entryOf(operator.post(PROJECTS, PROJECT));
    var log = server.bean(AuditLog.class);
    log.deleteBefore(Instant.now().minus(Duration.ofHours(1)));
    assertThat(all("")).isNotEmpty();
    log.deleteBefore(Instant.now().plusSeconds(1));
    assertThat(all("")).isEmpty();
  }

  @Test
  void keepsTheOutcomeOfARequestWhoseEntryCannotBeWritten() {
    try (var broken = TestServer.start()) {
      broken.jdbc().sql("ALTER TABLE audit_entry RENAME TO away").update();
      var made = ApiClient.of(broken).post(PROJECTS, PROJECT);
      assertThat(made.status()).as(made.text()).isEqualTo(201);
      assertThat(ApiClient.of(broken).get(PROJECTS).json()).hasSize(1);
    }
  }

  /// The entry of the request, which is there a moment after its answer.
  private static JsonNode entryOf(Answer answer) {
    var id = answer.header("X-Request-Id").orElseThrow();
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                all("").stream()
                    .filter(entry -> entry.get("request_id").asString().equals(id))
                    .findAny(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static List<JsonNode> all(String query) {
    var answer = operator.get("/admin/audit?limit=1000" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("entries").valueStream().toList();
  }

  private static String rows() {
    return server
        .jdbc()
        .sql("SELECT string_agg(entry::text, ' ') FROM audit_entry entry")
        .query((row, _) -> row.getString(1))
        .single();
  }

  private static ApiClient clientOf(String organization, Scope scope) {
    return ApiClient.anonymous(server)
        .with("api_token", TestTokens.make(server, organization, scope));
  }
}
