package dev.darkroom.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.idempotency.IdempotentRequests.Known;
import dev.darkroom.idempotency.IdempotentRequests.RequestName;
import dev.darkroom.provider.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of a request whose node is gone, and of one whose node is only slow.
class IdempotentRequestsTest {

  private static final String BODY = "b".repeat(64);

  private static TestServer server;
  private static IdempotentRequests requests;
  private static int made;

  private RequestName name = new RequestName(0, "");

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of());
    requests = server.bean(IdempotentRequests.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void chooseAName() {
    long token =
        server
            .jdbc()
            .sql("SELECT min(id) FROM api_token")
            .query((row, _) -> row.getLong(1))
            .single();
    name = new RequestName(token, "%064d".formatted(++made));
  }

  @Test
  void aClaimThatNobodyRenewsIsAnothersAfterHalfAMinute() {
    assertThat(requests.claim(name)).isPresent();
    pass("29 seconds");
    assertThat(requests.claim(name)).isEmpty();
    assertThat(requests.find(name)).hasValue(new Known.UnderWay());
    pass("1 second");
    assertThat(requests.find(name)).isEmpty();
    assertThat(requests.claim(name)).isPresent();
  }

  @Test
  void aClaimIsRenewedAsLongAsItsRequestIsWorkedOn() {
    var running = new RunningClaims(requests, new SettableClock());
    running.add(requests.claim(name).orElseThrow());
    for (int n = 0; n < 5; n++) {
      pass("29 seconds");
      running.renewAll();
    }
    assertThat(requests.claim(name)).isEmpty();
    running.stop();
  }

  @Test
  void aRequestThatIsStuckKeepsItsKeyForAnHour() {
    var clock = new SettableClock();
    var running = new RunningClaims(requests, clock);
    running.add(requests.claim(name).orElseThrow());
    clock.advance(Duration.ofHours(1).plusSeconds(1));
    pass("29 seconds");
    running.renewAll();
    pass("1 second");
    assertThat(requests.claim(name)).isPresent();
    running.stop();
  }

  @Test
  void whoseClaimIsAnothersWritesNothing() {
    UUID frozen = requests.claim(name).orElseThrow();
    pass("30 seconds");
    UUID successor = requests.claim(name).orElseThrow();
    requests.remember(frozen, BODY, answer("the frozen one's"));
    requests.free(frozen);
    assertThat(requests.find(name)).hasValue(new Known.UnderWay());
    requests.remember(successor, BODY, answer("the successor's"));
    assertThat(answered()).isEqualTo("the successor's");
    requests.remember(frozen, BODY, answer("the frozen one's"));
    assertThat(answered()).isEqualTo("the successor's");
  }

  @Test
  void whatIsDeadIsRemovedAndNothingElse() {
    requests.remember(requests.claim(name).orElseThrow(), BODY, answer("kept"));
    pass("23 hours");
    requests.removeDead();
    assertThat(answered()).isEqualTo("kept");
    pass("1 hour");
    requests.removeDead();
    assertThat(
            server
                .jdbc()
                .sql("SELECT count(*) FROM idempotent_request")
                .query((row, _) -> row.getInt(1))
                .single())
        .isZero();
  }

  private String answered() {
    return switch (requests.find(name).orElseThrow()) {
      case Known.UnderWay _ -> "under way";
      case Known.Answered(_, var answer) -> new String(answer.body(), StandardCharsets.UTF_8);
    };
  }

  private static Answer answer(String body) {
    return new Answer(200, List.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static void pass(String time) {
    server
        .jdbc()
        .sql("UPDATE idempotent_request SET expires_at = expires_at - CAST(:time AS interval)")
        .param("time", time)
        .update();
  }
}
