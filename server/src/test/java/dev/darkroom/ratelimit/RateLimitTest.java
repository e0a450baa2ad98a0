package dev.darkroom.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.provider.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// Every test has an organization, or an address, of its own. Time stands still unless a test has
/// it go on, so that no bucket is filled meanwhile.
class RateLimitTest {

  private static final String PROJECTS = "/tailored-gen/projects";
  private static final int READS = 5;
  private static final int WRITES = 3;
  private static final int EXPENSIVE = 2;
  private static final int WRONG_TOKENS = 4;
  private static final String SHORT_TOKEN = "a-short-token";

  private static TestServer server;
  private static TestServer other;

  static final class StandingTime {
    @Bean
    @Primary
    SettableClock settableClock() {
      return new SettableClock();
    }
  }

  @BeforeAll
  static void start() {
    server = TestServer.start(properties(), StandingTime.class);
    other = TestServer.startOn(server.database(), properties(), StandingTime.class);
  }

  private static Map<String, String> properties() {
    return Map.of(
        "darkroom.secret", "a-master-key-of-the-tests-0123456789abcdef",
        "darkroom.token", SHORT_TOKEN,
        "darkroom.trusted-proxies", "127.0.0.1",
        "darkroom.rate-limit.reads-per-minute", String.valueOf(READS),
        "darkroom.rate-limit.writes-per-minute", String.valueOf(WRITES),
        "darkroom.rate-limit.expensive-per-minute", String.valueOf(EXPENSIVE),
        "darkroom.rate-limit.wrong-tokens-per-minute", String.valueOf(WRONG_TOKENS));
  }

  @AfterAll
  static void stop() {
    other.close();
    server.close();
  }

  @Nested
  class Quotas {

    @Test
    void areToldWithEveryAnswer() {
      var client = clientOf("told");
      for (int left = READS - 1; left >= 0; left--) {
        var answer = client.get(PROJECTS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("RateLimit-Policy")).hasValue("\"read\";q=5;w=60");
        assertThat(answer.header("RateLimit")).hasValue("\"read\";r=" + left);
        assertThat(answer.header("Retry-After")).isEmpty();
      }
    }

    @Test
    void endWithA429() {
      var client = clientOf("ended");
      spend(READS, () -> client.get(PROJECTS));
      var refused = client.get(PROJECTS);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.type()).isEqualTo("request.rate-limited");
      assertThat(refused.json().get("error").get("code").asInt()).isEqualTo(429);
      assertThat(refused.json().get("limit").asInt()).isEqualTo(READS);
      assertThat(refused.json().get("actual").asInt()).isEqualTo(READS + 1);
      assertThat(refused.json().get("request_id").asString())
          .isEqualTo(refused.header("X-Request-Id").orElseThrow());
      assertThat(refused.header("RateLimit-Policy")).hasValue("\"read\";q=5;w=60");
      assertThat(refused.header("RateLimit")).hasValue("\"read\";r=0;t=12");
      assertThat(refused.header("Retry-After")).as("a token in 12 s").hasValue("12");
    }

    @Test
    void areThereAgainWhenRetryAfterSaysSo() {
      var client = clientOf("patient");
      spend(READS, () -> client.get(PROJECTS));
      int wait = Integer.parseInt(client.get(PROJECTS).header("Retry-After").orElseThrow());
      pass(Duration.ofSeconds(wait));
      assertThat(client.get(PROJECTS).status()).isEqualTo(200);
      assertThat(client.get(PROJECTS).status()).isEqualTo(429);
    }

    @Test
    void areOneForReadingOneForWritingAndOneForWhatIsExpensive() {
      var client = clientOf("classes");
      spend(READS, () -> client.get(PROJECTS));
      spend(WRITES, () -> client.post(PROJECTS, "{}"));
      spend(EXPENSIVE, () -> client.post("/tailored-gen/datasets/1/images/bulk-upload", "{}"));
      for (var answer :
          List.of(
              client.get(PROJECTS),
              client.delete(PROJECTS + "/1"),
              client.put(PROJECTS + "/1", "{}"))) {
        assertThat(answer.status()).isEqualTo(429);
      }
    }

    @Test
    void knowWhatIsExpensiveInEverySpelling() {
      var client = clientOf("spellers");
      var expensive =
          List.<Callable<Answer>>of(
              () -> client.post("/tailored-gen/datasets/1/images/bulk-upload", "{}"),
              () -> client.post("/tailored-gen/datasets/1/images/bulk-upload/preflight", "{}"),
              () -> client.post("/v1/tailored-gen/datasets/1/images/bulk%2Dupload", "{}"),
              () -> client.post("/v2/tailored-gen;a=b/datasets/1/images/bulk-upload", "{}"),
              () -> client.put("/tailored-gen/datasets/1/images", "{}"),
              () -> client.post("/tailored-gen/generate_visual_schema", "{}"),
              () -> client.post("/tailored-gen/refine_structured_prompt", "{}"));
      for (var call : expensive) {
        assertThat(call(call).header("RateLimit-Policy")).hasValue("\"expensive\";q=2;w=60");
      }
      assertThat(client.put("/tailored-gen/datasets/1/images/1", "{}").header("RateLimit-Policy"))
          .hasValue("\"write\";q=3;w=60");
    }

    @Test
    void areAnOrganizationsWhateverItsTokens() {
      spend(READS, () -> clientOf("shared").get(PROJECTS));
      assertThat(clientOf("shared").get(PROJECTS).status()).isEqualTo(429);
      assertThat(clientOf("another").get(PROJECTS).status()).isEqualTo(200);
    }

    @Test
    void areSharedByAllNodes() throws Exception {
      String token = TestTokens.make(server, "nodes", Scope.ADMIN);
      var nodes =
          Stream.of(server, other)
              .map(node -> ApiClient.anonymous(node).with("api_token", token))
              .toList();
      List<Callable<Answer>> calls = new ArrayList<>();
      for (int n = 0; n < 20; n++) {
        var node = nodes.get(n % 2);
        calls.add(() -> node.get(PROJECTS));
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var statuses =
            threads.invokeAll(calls).stream().map(answer -> answer.resultNow().status()).toList();
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(READS);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(20 - READS);
      }
    }

    @Test
    void comeAfterTheTokenAndBeforeAllElse() {
      var client = clientOf("order");
      spend(WRITES, () -> client.post(PROJECTS, "{}"));
      assertThat(client.post(PROJECTS, "{malformed").status()).isEqualTo(429);
      assertThat(client.put("/tailored-gen/datasets/x", "{}").status()).isEqualTo(429);
      assertThat(client.post("/no/such/path", "{}").status()).isEqualTo(429);
      assertThat(client.with("Idempotency-Key", "not visible").post(PROJECTS, "{}").status())
          .isEqualTo(429);
      assertThat(client.with("api_token", "wrong").post(PROJECTS, "{malformed").status())
          .isEqualTo(401);
    }

    @Test
    void doNotCountWhatTakesNoToken() {
      var anyone = ApiClient.anonymous(server);
      for (int n = 0; n < 2 * READS; n++) {
        var health = anyone.get("/actuator/health/liveness");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.header("RateLimit")).isEmpty();
        assertThat(anyone.get("/files/1/original").status()).isEqualTo(403);
      }
    }
  }

  @Nested
  class WrongTokensOfAnAddress {

    @Test
    void areAnswered429AfterSoMany() {
      var guesser = from("203.0.113.1").with("api_token", "a-guess");
      for (int n = 0; n < WRONG_TOKENS; n++) {
        assertThat(guesser.get(PROJECTS).type()).isEqualTo("token.unknown");
      }
      var refused = guesser.get(PROJECTS);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.type()).isEqualTo("token.too-many-wrong");
      assertThat(refused.json().get("limit").asInt()).isEqualTo(WRONG_TOKENS);
      assertThat(refused.header("Retry-After")).hasValue("15");
      pass(Duration.ofSeconds(15));
      assertThat(guesser.get(PROJECTS).status()).isEqualTo(401);
    }

    @Test
    void hideWhetherTheNextGuessIsRight() {
      guess("203.0.113.2", WRONG_TOKENS);
      assertThat(from("203.0.113.2").with("api_token", SHORT_TOKEN).get(PROJECTS).status())
          .isEqualTo(429);
      assertThat(from("203.0.113.3").with("api_token", SHORT_TOKEN).get(PROJECTS).status())
          .isEqualTo(200);
    }

    @Test
    void shutOutNobodyWhoseTokenCannotBeGuessed() {
      guess("203.0.113.4", WRONG_TOKENS);
      var neighbour = TestTokens.make(server, "neighbour", Scope.READ);
      var client = from("203.0.113.4");
      assertThat(client.with("api_token", neighbour).get(PROJECTS).status()).isEqualTo(200);
      assertThat(client.with("api_token", neighbour + "x").get(PROJECTS).status()).isEqualTo(429);
    }

    @Test
    void areCountedBeforeTheProxyThatTellsOfThem() {
      guess("203.0.113.5", WRONG_TOKENS);
      var liar = from("203.0.113.99, 203.0.113.5");
      assertThat(liar.with("api_token", "a-guess").get(PROJECTS).status()).isEqualTo(429);
    }

    @Test
    void areSharedByAllNodes() {
      guess("203.0.113.6", WRONG_TOKENS);
      var there =
          ApiClient.anonymous(other)
              .with("X-Forwarded-For", "203.0.113.6")
              .with("api_token", "a-guess");
      assertThat(there.get(PROJECTS).status()).isEqualTo(429);
    }

    private static void guess(String address, int times) {
      for (int n = 0; n < times; n++) {
        assertThat(from(address).with("api_token", "guess-" + n).get(PROJECTS).status())
            .isEqualTo(401);
      }
    }
  }

  @Test
  void canBeSwitchedOff() {
    try (var unlimited =
        TestServer.start(
            Map.of(
                "darkroom.rate-limit.enabled", "false",
                "darkroom.rate-limit.reads-per-minute", "1",
                "darkroom.rate-limit.wrong-tokens-per-minute", "1"))) {
      var client = ApiClient.of(unlimited);
      for (int n = 0; n < 5; n++) {
        assertThat(client.get(PROJECTS).status()).isEqualTo(200);
        assertThat(client.get(PROJECTS).header("RateLimit")).isEmpty();
        assertThat(client.with("api_token", "wrong").get(PROJECTS).status()).isEqualTo(401);
      }
    }
  }

  @Test
  void neverMeetTwoHundredPollersUnlessSet() throws Exception {
    try (var asShipped = TestServer.start();
        var pollers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> poller =
          () -> {
            for (int n = 0; n < 20; n++) {
              if (ApiClient.of(asShipped).get(PROJECTS).status() != 200) return false;
            }
            return true;
          };
      assertThat(pollers.invokeAll(Stream.generate(() -> poller).limit(200).toList()))
          .allSatisfy(answered -> assertThat(answered.resultNow()).isTrue());
    }
  }

  @Test
  void leaveNoFullBucketsBehind() {
    assertThat(clientOf("cleaned").get(PROJECTS).status()).isEqualTo(200);
    assertThat(rows()).isPositive();
    server.jdbc().sql("UPDATE rate_bucket SET expires_at = 1").update();
    server.bean(SharedBuckets.class).removeFull();
    assertThat(rows()).isZero();
  }

  private static int rows() {
    return server
        .jdbc()
        .sql("SELECT count(*) FROM rate_bucket")
        .query((row, _) -> row.getInt(1))
        .single();
  }

  private static void pass(Duration time) {
    server.bean(SettableClock.class).advance(time);
    other.bean(SettableClock.class).advance(time);
  }

  private static void spend(int times, Callable<Answer> call) {
    for (int n = 0; n < times; n++) assertThat(call(call).status()).isNotEqualTo(429);
    assertThat(call(call).status()).isEqualTo(429);
  }

  private static Answer call(Callable<Answer> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static ApiClient clientOf(String organization) {
    return ApiClient.anonymous(server)
        .with("api_token", TestTokens.make(server, organization, Scope.ADMIN));
  }

  private static ApiClient from(String forwardedFor) {
    return ApiClient.anonymous(server).with("X-Forwarded-For", forwardedFor);
  }
}
