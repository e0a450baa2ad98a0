package dev.darkroom.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TokenControllerTest {

  private static final String TOKENS = "/admin/tokens";
  private static final String PROJECTS = "/tailored-gen/projects";

  private static TestServer server;
  private static ApiClient operator;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    operator = ApiClient.of(server);
    operator.post("/admin/organizations", Map.of("name", "acme"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void showsTheTextOfANewTokenThisOnce() {
    var made = make("shown", "write", Map.of("expires_in", 3600));
    var token = made.json();
    assertThat(token.propertyNames())
        .containsExactly(
            "id",
            "organization",
            "name",
            "scope",
            "created_at",
            "expires_at",
            "superseded_at",
            "revoked_at",
            "last_used_at",
            "token");
    var text = token.get("token").asString();
    assertThat(text).matches("dr_[0-9A-Za-z]{43}");
    assertThat(made.header("Cache-Control")).hasValue("no-store");
    assertThat(instant(token, "expires_at"))
        .isEqualTo(instant(token, "created_at").plusSeconds(3600));
    assertThat(status(text)).isEqualTo(200);

    var listed = operator.get(TOKENS + "?organization=acme");
    assertThat(listed.text()).doesNotContain(text).contains("\"shown\"");
    assertThat(operator.get(TOKENS + "?organization=nobody").text()).isEqualTo("[]");
    assertThat(operator.get(TOKENS).json().valueStream().map(t -> t.get("organization").asString()))
        .contains("acme", "default");
  }

  @Test
  void endsATokenAtTheTimeThatIsNamed() {
    var end = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    var token = make("dated", "read", Map.of("expires_at", end.toString())).json();
    assertThat(instant(token, "expires_at")).isBetween(end.minusSeconds(2), end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"n\", \"scope\": \"read\"}",
        "{\"organization\": \"acme\", \"scope\": \"read\"}",
        "{\"organization\": \"acme\", \"name\": \"n\"}",
        "{\"organization\": \"acme\", \"name\": \"n\", \"scope\": \"root\"}",
        "{\"organization\": \"acme\", \"name\": \"n\", \"scope\": \"read\", \"expires_in\": 0}",
        "{\"organization\": \"acme\", \"name\": \"n\", \"scope\": \"read\", \"expires_in\": 9223372036854775807}",
        "{\"organization\": \"acme\", \"name\": \"n\", \"scope\": \"read\", \"expires_at\": \"2020-01-01T00:00:00Z\"}",
        "{\"organization\": \"acme\", \"name\": \"n\", \"scope\": \"read\", \"expires_at\": \"soon\"}",
        "{\"organization\": \"acme\", \"name\": \"n\", \"scope\": \"read\", \"expires_in\": 60, \"expires_at\": \"2099-01-01T00:00:00Z\"}"
      })
  void refusesWhatMakesNoToken(String body) {
    assertThat(operator.post(TOKENS, body).status()).isEqualTo(400);
  }

  @Test
  void makesNoneForAnOrganizationThatIsNotThereAndNoneTwice() {
    make("twice", "read", Map.of());
    assertFailure(post("acme", "twice", "read", Map.of()), 409, "token.name-taken");
    assertFailure(post("nobody", "n", "read", Map.of()), 404, "organization.not-found");
  }

  @Test
  void revokesAtOnce() {
    var token = make("revoked", "write", Map.of()).json();
    assertThat(operator.delete(path(token)).status()).isEqualTo(204);
    assertThat(operator.delete(path(token)).status()).isEqualTo(204);
    assertThat(status(token.get("token").asString())).isEqualTo(401);
    assertFailure(operator.delete(TOKENS + "/999999"), 404, "token.not-found");
  }

  @Test
  void replacesATokenAtOnceWithoutAGracePeriod() {
    var old = make("rotated", "read", Map.of("expires_in", 86_400)).json();
    var answer = operator.send("POST", path(old) + "/rotate", BodyPublishers.noBody());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    var next = answer.json();
    assertThat(next.get("name")).isEqualTo(old.get("name"));
    assertThat(next.get("scope")).isEqualTo(old.get("scope"));
    assertThat(instant(next, "expires_at"))
        .as("valid for as long as the old one was made for")
        .isEqualTo(instant(next, "created_at").plusSeconds(86_400));
    assertThat(status(next.get("token").asString())).isEqualTo(200);
    assertThat(status(old.get("token").asString())).isEqualTo(401);
    assertFailure(rotate(old, 0), 409, "token.not-usable");
  }

  @Test
  void letsBothTextsInForTheGracePeriod() {
    var old = make("graceful", "write", Map.of()).json();
    var next = rotate(old, 600).json();
    assertThat(status(old.get("token").asString())).isEqualTo(200);
    assertThat(status(next.get("token").asString())).isEqualTo(200);
    var listed = listed(old.get("id").asLong());
    assertThat(instant(listed, "expires_at"))
        .isEqualTo(instant(listed, "superseded_at").plusSeconds(600));

    server
        .jdbc()
        .sql("UPDATE api_token SET expires_at = expires_at - interval '11 minutes' WHERE id = :id")
        .param("id", old.get("id").asLong())
        .update();
    assertThat(status(old.get("token").asString())).isEqualTo(401);
    assertThat(status(next.get("token").asString())).isEqualTo(200);
    assertThat(rotate(next, 0).status()).as("again and again").isEqualTo(201);
    assertThat(rotate(old, -1).status()).isEqualTo(400);
  }

  @Test
  void rotatesOnceForManyWhoAskAtTheSameTime() throws Exception {
    var old = make("contested", "write", Map.of()).json();
    var go = new CountDownLatch(1);
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 8)
              .mapToObj(_ ->
                  clients.submit(() -> {
                    go.await();
                    return rotate(old, 60).status();
                  }))
              .toList();
      go.countDown();
      for (var answer : answers) assertThat(answer.get()).isIn(201, 409);
      assertThat(answers.stream().filter(answer -> answer.resultNow() == 201)).hasSize(1);
    }
  }

  @Test
  void keepsTheLastTokenOfOperators() {
    try (var fresh = TestServer.start()) {
      var only = ApiClient.of(fresh);
      var own = only.get(TOKENS).json().get(0);
      assertFailure(only.delete(path(own)), 409, "token.last-admin");
      assertThat(only.get(TOKENS).status()).isEqualTo(200);
      var expiring = TestTokens.make(fresh, "default", Scope.ADMIN);
      fresh
          .jdbc()
          .sql("UPDATE api_token SET expires_at = now() - interval '1 s' WHERE id <> :id")
          .param("id", own.get("id").asLong())
          .update();
      assertFailure(only.delete(path(own)), 409, "token.last-admin");
      fresh.jdbc().sql("UPDATE api_token SET expires_at = NULL").update();
      assertThat(only.delete(path(own)).status()).isEqualTo(204);
      assertThat(ApiClient.anonymous(fresh).with("api_token", expiring).get(TOKENS).status())
          .isEqualTo(200);
    }
  }

  @Test
  void isForAdminsOnly() {
    var writer =
        ApiClient.anonymous(server).with("api_token", TestTokens.make(server, "acme", Scope.WRITE));
    assertFailure(writer.get(TOKENS), 403, "token.not-admin");
    assertFailure(writer.delete(TOKENS + "/1"), 403, "token.not-admin");
    assertFailure(writer.post(TOKENS + "/1/rotate", Map.of()), 403, "token.not-admin");
    assertFailure(
        writer.post(TOKENS, Map.of("organization", "acme", "name", "n", "scope", "admin")),
        403,
        "token.not-admin");
  }

  @Test
  void notesTheLastUseOnceAMinute() {
    var token = make("used", "read", Map.of()).json();
    assertThat(listed(token.get("id").asLong()).get("last_used_at").isNull()).isTrue();
    assertThat(status(token.get("token").asString())).isEqualTo(200);
    assertThat(lastUse(token)).isNotNull();
    use(token, "now() - interval '30 s'");
    var before = lastUse(token);
    assertThat(status(token.get("token").asString())).isEqualTo(200);
    assertThat(lastUse(token)).isEqualTo(before);
    use(token, "now() - interval '2 minutes'");
    assertThat(status(token.get("token").asString())).isEqualTo(200);
    assertThat(lastUse(token)).isAfter(before);
  }

  private static void use(JsonNode token, String when) {
    server
        .jdbc()
        .sql("UPDATE api_token SET last_used_at = %s WHERE id = :id".formatted(when))
        .param("id", token.get("id").asLong())
        .update();
  }

  private static Instant lastUse(JsonNode token) {
    return instant(listed(token.get("id").asLong()), "last_used_at");
  }

  private static Answer make(String name, String scope, Map<String, ?> more) {
    var made = post("acme", name, scope, more);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made;
  }

  private static Answer post(String organization, String name, String scope, Map<String, ?> more) {
    var body = new HashMap<String, Object>(more);
    body.putAll(Map.of("organization", organization, "name", name, "scope", scope));
    return operator.post(TOKENS, body);
  }

  private static Answer rotate(JsonNode token, int gracePeriod) {
    return operator.post(path(token) + "/rotate", Map.of("grace_period", gracePeriod));
  }

  private static JsonNode listed(long id) {
    return operator
        .get(TOKENS)
        .json()
        .valueStream()
        .filter(token -> token.get("id").asLong() == id)
        .findAny()
        .orElseThrow();
  }

  private static String path(JsonNode token) {
    return TOKENS + "/" + token.get("id").asLong();
  }

  private static Instant instant(JsonNode token, String field) {
    return Instant.parse(token.get(field).asString());
  }

  private static int status(String text) {
    return ApiClient.anonymous(server).with("api_token", text).get(PROJECTS).status();
  }

  private static void assertFailure(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo(type);
  }
}
