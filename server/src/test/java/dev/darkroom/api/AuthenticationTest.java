package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

  private static final String PROJECTS = "/tailored-gen/projects";
  private static final Map<String, String> PROJECT =
      Map.of("project_name", "p", "ip_medium", "photography", "ip_type", "other");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void takesTheTokenInEitherHeader() {
    assertThat(ApiClient.of(server).get(PROJECTS).status()).isEqualTo(200);
    for (var scheme : new String[] {"Bearer ", "bearer ", "BEARER  "}) {
      var client = stranger().with("Authorization", scheme + server.token());
      assertThat(client.get(PROJECTS).status()).as(scheme).isEqualTo(200);
    }
  }

  @Test
  void refusesWhoeverBringsNoGoodToken() {
    assertRefused(stranger(), "token.missing");
    assertRefused(stranger().with("api_token", ""), "token.missing");
    assertRefused(stranger().with("Authorization", "Basic dTpw"), "token.missing");
    assertRefused(stranger().with("api_token", "nonsense"), "token.unknown");
    assertRefused(stranger().with("api_token", "a b"), "token.unknown");
    assertRefused(stranger().with("api_token", server.token() + "x"), "token.unknown");
    assertRefused(stranger().with("api_token", "x".repeat(2000)), "token.unknown");
    assertRefused(stranger().with("api_token", TestTokens.makeExpired(server)), "token.expired");
    assertRefused(stranger().with("api_token", TestTokens.makeRevoked(server)), "token.revoked");
  }

  private static void assertRefused(ApiClient client, String type) {
    for (var path : new String[] {PROJECTS, "/no/such/path", "/actuator/metrics", "/"}) {
      var answer = client.get(path);
      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.type()).as(path).isEqualTo(type);
      assertThat(answer.header("WWW-Authenticate")).as(path).hasValue("Bearer");
    }
    assertThat(client.post(PROJECTS, "{malformed").status()).isEqualTo(401);
  }

  @Test
  void opensNothingElseThroughTheOpenPaths() {
    for (var path :
        new String[] {
          "/actuator/health/readiness/../../../tailored-gen/projects",
          "/files/1/original/../../../tailored-gen/projects",
          "/files/../tailored-gen/projects",
          "/files/1/original;/x",
          "/files/1/other",
          "/actuator/health/db",
          "/actuator/health/readiness/"
        }) {
      assertThat(stranger().get(path).status()).as(path).isEqualTo(401);
    }
  }

  @Test
  void letsAReadTokenReadButNotWrite() {
    var reader = clientOf("readers", Scope.READ);
    var id = clientOf("readers", Scope.WRITE).post(PROJECTS, PROJECT).json().get("id").asLong();

    assertThat(reader.get(PROJECTS).status()).isEqualTo(200);
    assertThat(reader.get(PROJECTS + "/" + id).status()).isEqualTo(200);
    assertThat(reader.post(PROJECTS, PROJECT).type()).isEqualTo("token.read-only");
    assertThat(reader.put(PROJECTS + "/" + id, Map.of()).status()).isEqualTo(403);
    assertThat(reader.delete(PROJECTS + "/" + id).status()).isEqualTo(403);
  }

  @Test
  void asksForTheScopeOnlyAfterTheBodyAndTheThing() {
    var reader = clientOf("readers", Scope.READ);
    assertThat(reader.post(PROJECTS, "{").status()).isEqualTo(400);
    assertThat(reader.post(PROJECTS, Map.of()).status()).isEqualTo(400);
    assertThat(reader.put(PROJECTS + "/x", Map.of()).status()).isEqualTo(400);
    assertThat(reader.put(PROJECTS + "/999999", Map.of()).status()).isEqualTo(404);
    assertThat(reader.delete(PROJECTS + "/999999").status()).isEqualTo(404);
    assertThat(reader.delete("/tailored-gen/datasets/999999").status()).isEqualTo(404);
    assertThat(
            reader
                .post("/tailored-gen/datasets", Map.of("project_id", 999999, "name", "d"))
                .status())
        .isEqualTo(404);
  }

  @Test
  void refusesASuspendedOrganizationEverything() {
    var client = clientOf("late-payers", Scope.ADMIN);
    var id = client.post(PROJECTS, PROJECT).json().get("id").asLong();
    server
        .jdbc()
        .sql("UPDATE organization SET suspended_at = now() WHERE name = 'late-payers'")
        .update();

    for (var answer :
        new ApiClient.Answer[] {
          client.get(PROJECTS),
          client.get(PROJECTS + "/" + id),
          client.post(PROJECTS, PROJECT),
          client.get("/tailored-gen/datasets"),
          client.get("/actuator/health")
        }) {
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.type()).isEqualTo("organization.suspended");
    }
    assertThat(client.get(PROJECTS + "/999999").status()).isEqualTo(404);
  }

  @Test
  void knowsAPathInEverySpelling() {
    var writer = clientOf("readers", Scope.WRITE);
    for (var path :
        new String[] {"/%61ctuator/health", "/actuator;a=b/health", "/v1/actuat%6Fr/health"}) {
      assertThat(writer.get(path).type()).as(path).isEqualTo("token.not-admin");
    }
    for (var path :
        new String[] {
          "/v1/../tailored-gen/projects",
          "/v1/%2e%2e/tailored-gen/projects",
          "/v1/..;/tailored-gen/projects",
          "//tailored-gen/projects",
          "/v1/v1/tailored-gen/projects"
        }) {
      assertThat(writer.get(path).status()).as(path).isIn(400, 404);
      assertThat(stranger().get(path).status()).as(path).isIn(400, 401);
    }
  }

  @Test
  void showsTheServerItselfToAdminsOnly() {
    assertThat(ApiClient.of(server).get("/actuator/health").status()).isEqualTo(200);
    assertThat(clientOf("readers", Scope.WRITE).get("/actuator/health").type())
        .isEqualTo("token.not-admin");
    assertThat(clientOf("readers", Scope.WRITE).get("/v1/actuator/health").status()).isEqualTo(403);
    assertThat(stranger().get("/actuator/health/readiness").status()).isEqualTo(200);
    assertThat(stranger().get("/v2/actuator/health/liveness").status()).isEqualTo(200);
  }

  private static ApiClient stranger() {
    return ApiClient.anonymous(server);
  }

  private static ApiClient clientOf(String organization, Scope scope) {
    return stranger().with("api_token", TestTokens.make(server, organization, scope));
  }
}
