package dev.darkroom.uploadstatus;

import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// The seats of an organization of a test's own, by which is seen from outside how many wait:
/// whoever would wait, and has no seat, is answered without `Preference-Applied`.
record Watchers(String token, ApiClient client, String finished) {

  private static final AtomicInteger MADE = new AtomicInteger();

  static Watchers of(TestServer server) {
    var token = TestTokens.make(server, "watchers-" + MADE.incrementAndGet(), Scope.WRITE);
    var client = ApiClient.anonymous(server).with("api_token", token);
    return new Watchers(token, client, TestUpload.of(server, client, 1).complete().path());
  }

  /// Waits until as many wait as the organization has seats.
  void awaitFull() {
    await().atMost(Duration.ofMinutes(2)).until(() -> !hasSeat());
  }

  void awaitSeat() {
    await().atMost(Duration.ofMinutes(2)).until(this::hasSeat);
  }

  private boolean hasSeat() {
    return client.with("Prefer", "wait=1").get(finished).header("Preference-Applied").isPresent();
  }
}
