package dev.darkroom.ratelimit;

import dev.darkroom.TestDatabase;
import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What it costs that calls are counted: the requests a second of a server that counts them, as a
/// ratio to those of one that does not, for the cheapest of requests. The two take turns, so that
/// whatever else the machine does slows both of them down.
final class RateLimitBenchmark {

  private static final int ROUNDS = 12;
  private static final int CLIENTS = 16;
  private static final int REQUESTS = 100;
  private static final String PATH = "/tailored-gen/projects";

  private RateLimitBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    try (var database = TestDatabase.create();
        var counting = TestServer.startOn(database, properties(true));
        var free = TestServer.startOn(database, properties(false))) {
      var clients = List.of(ApiClient.of(free), ApiClient.of(counting));
      Duration[] times = {Duration.ZERO, Duration.ZERO};
      for (var client : clients) askAll(client);
      for (int round = 0; round < ROUNDS; round++) {
        for (int n = 0; n < times.length; n++) {
          times[n] = times[n].plus(askAll(clients.get(n)));
        }
      }
      System.out.printf(
          "%.0f requests/s uncounted, %.0f counted: %.2f times%n",
          perSecond(times[0]), perSecond(times[1]), perSecond(times[1]) / perSecond(times[0]));
    }
  }

  private static Map<String, String> properties(boolean counting) {
    return Map.of(
        "darkroom.secret", "a-master-key-of-the-tests-0123456789abcdef",
        "darkroom.rate-limit.enabled", String.valueOf(counting),
        "darkroom.rate-limit.reads-per-minute", "1000000");
  }

  private static Duration askAll(ApiClient client) throws Exception {
    long began = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int n = 0; n < CLIENTS; n++) clients.add(threads.submit(() -> ask(client)));
      for (var done : clients) done.get();
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static void ask(ApiClient client) {
    for (int n = 0; n < REQUESTS; n++) {
      if (client.get(PATH).status() != 200) throw new IllegalStateException("not answered");
    }
  }

  private static double perSecond(Duration time) {
    return ROUNDS * CLIENTS * REQUESTS / (time.toNanos() / 1e9);
  }
}
