package dev.darkroom.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrganizationControllerTest {

  private static final String ORGANIZATIONS = "/admin/organizations";
  private static final String PROJECTS = "/tailored-gen/projects";

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
  void makesAndListsOrganizations() {
    var made =
        operator.post(
            ORGANIZATIONS, Map.of("name", " acme ", "quotas", Map.of("storage_bytes", 5_000_000)));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var organization = made.json();
    assertThat(organization.propertyNames())
        .containsExactly("id", "name", "status", "created_at", "suspended_at", "quotas", "usage");
    assertThat(organization.get("name").asString()).isEqualTo("acme");
    assertThat(organization.get("status").asString()).isEqualTo("active");
    assertThat(organization.get("quotas").toString())
        .isEqualTo("{\"storage_bytes\":5000000,\"uploads_running\":null,\"uploads_per_day\":null}");
    assertThat(organization.get("usage").toString())
        .isEqualTo("{\"storage_bytes\":0,\"uploads_running\":0,\"uploads_today\":0}");
    assertThat(operator.get(path(id(made))).json()).isEqualTo(organization);
    assertThat(operator.get(ORGANIZATIONS).json()).contains(organization);
  }

  @Test
  void givesANameOnce() {
    make("once");
    assertFailure(
        operator.post(ORGANIZATIONS, Map.of("name", "once")), 409, "organization.name-taken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\": \"  \"}",
        "{\"name\": \"a\\nb\"}",
        "{\"name\": 5}",
        "{\"name\": \"n\", \"quotas\": {\"storage_bytes\": -1}}",
        "{\"name\": \"n\", \"quotas\": {\"uploads_per_day\": \"1\"}}"
      })
  void refusesWhatMakesNoOrganization(String body) {
    assertThat(operator.post(ORGANIZATIONS, body).status()).isEqualTo(400);
    assertThat(operator.post(ORGANIZATIONS, Map.of("name", "n".repeat(101))).status())
        .isEqualTo(400);
  }

  @Test
  void suspendsAndResumes() {
    var id = make("late");
    var client = clientOf("late", Scope.WRITE);
    assertThat(client.get(PROJECTS).status()).isEqualTo(200);

    var suspended = operator.put(path(id), Map.of("status", "suspended")).json();
    assertThat(suspended.get("status").asString()).isEqualTo("suspended");
    assertThat(suspended.get("suspended_at").isNull()).isFalse();
    assertFailure(client.get(PROJECTS), 403, "organization.suspended");

    var resumed = operator.put(path(id), Map.of("status", "active")).json();
    assertThat(resumed.get("suspended_at").isNull()).isTrue();
    assertThat(client.get(PROJECTS).status()).isEqualTo(200);
  }

  @Test
  void setsAllQuotasAtOnceAndLeavesThemWhereNoneIsSent() {
    var id = make("bounded");
    var all = Map.of("storage_bytes", 1L << 40, "uploads_running", 2, "uploads_per_day", 0);
    operator.put(path(id), Map.of("quotas", all));
    var kept = operator.put(path(id), Map.of("status", "active")).json().get("quotas");
    assertThat(kept.toString())
        .isEqualTo("{\"storage_bytes\":1099511627776,\"uploads_running\":2,\"uploads_per_day\":0}");
    var reset = operator.put(path(id), Map.of("quotas", Map.of("uploads_running", 3))).json();
    assertThat(reset.get("quotas").toString())
        .isEqualTo("{\"storage_bytes\":null,\"uploads_running\":3,\"uploads_per_day\":null}");
  }

  @Test
  void knowsNoOrganizationThatIsNotThere() {
    assertFailure(operator.get(path(999_999)), 404, "organization.not-found");
    assertFailure(
        operator.put(path(999_999), Map.of("status", "suspended")), 404, "organization.not-found");
    assertFailure(operator.delete(path(999_999)), 404, "organization.not-found");
    assertThat(operator.put(path(1), Map.of("status", "purging")).status()).isEqualTo(400);
    assertThat(operator.get(ORGANIZATIONS + "/x").status()).isEqualTo(400);
  }

  @Test
  void isForAdminsOnly() {
    for (var scope : List.of(Scope.READ, Scope.WRITE)) {
      var client = clientOf("users", scope);
      assertFailure(client.get(ORGANIZATIONS), 403, "token.not-admin");
      assertFailure(client.post(ORGANIZATIONS, Map.of("name", "n")), 403, "token.not-admin");
      assertFailure(client.delete(path(1)), 403, "token.not-admin");
      assertThat(client.post(ORGANIZATIONS, Map.of()).status()).isEqualTo(400);
    }
  }

  @Test
  void keepsAnOperatorFromLockingHimselfOut() {
    var mine = make("operators");
    var admin = clientOf("operators", Scope.ADMIN);
    assertFailure(admin.put(path(mine), Map.of("status", "suspended")), 409, "organization.own");
    assertFailure(admin.delete(path(mine)), 409, "organization.own");
    assertThat(admin.put(path(mine), Map.of("status", "active")).status()).isEqualTo(200);
  }

  /// Each alone could do it; together they would leave nobody.
  @Test
  void leavesOneOfTwoOperatorsWhoSuspendEachOther() throws Exception {
    try (var shared = TestServer.start();
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = ApiClient.of(shared);
      var other =
          ApiClient.anonymous(shared)
              .with("api_token", TestTokens.make(shared, "other", Scope.ADMIN));
      var ids = one.get(ORGANIZATIONS).json().valueStream().map(o -> o.get("id").asLong()).toList();
      for (int round = 0; round < 10; round++) {
        var go = new CountDownLatch(1);
        var suspended = Map.of("status", "suspended");
        var first =
            clients.submit(() -> {
              go.await();
              return one.put(path(ids.getLast()), suspended).status();
            });
        var second =
            clients.submit(() -> {
              go.await();
              return other.put(path(ids.getFirst()), suspended).status();
            });
        go.countDown();
        assertThat(List.of(first.get(), second.get())).containsOnlyOnce(200);
        shared.jdbc().sql("UPDATE organization SET suspended_at = NULL").update();
      }
    }
  }

  private static long make(String name) {
    return id(operator.post(ORGANIZATIONS, Map.of("name", name)));
  }

  private static long id(Answer made) {
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().get("id").asLong();
  }

  private static String path(long id) {
    return ORGANIZATIONS + "/" + id;
  }

  private static ApiClient clientOf(String organization, Scope scope) {
    return ApiClient.anonymous(server)
        .with("api_token", TestTokens.make(server, organization, scope));
  }

  private static void assertFailure(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo(type);
  }
}
