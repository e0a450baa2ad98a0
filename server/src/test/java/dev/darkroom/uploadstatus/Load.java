package dev.darkroom.uploadstatus;

import dev.darkroom.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Clients that ask for the same again and again until they are told to stop, and how long each of
/// their requests took.
final class Load implements AutoCloseable {

  /// An hour of requests is none of a benchmark's business.
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Kind> kinds = new ArrayList<>();
  private final Duration pause;
  private final long begin = System.nanoTime();
  private volatile boolean over;

  /// @param pause of a client between two of its requests
  Load(Duration pause) {
    this.pause = pause;
  }

  /// What some clients ask for, and what became of it.
  private static final class Kind {

    private final String name;
    private final int expected;
    private final HttpRequest request;
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    Kind(String name, int expected, HttpRequest request) {
      this.name = name;
      this.expected = expected;
      this.request = request;
    }

    private double millis(List<Long> sorted, double share) {
      return sorted.isEmpty() ? Double.NaN : sorted.get((int) (share * (sorted.size() - 1))) / 1e6;
    }

    String report(double seconds) {
      List<Long> sorted = nanos.stream().sorted().toList();
      return "  %-16s %7.1f requests/s %7.1f MB/s   median %7.1f ms   p99 %7.1f ms   errors %d %s"
          .formatted(
              name,
              sorted.size() / seconds,
              bytes.get() / seconds / 1e6,
              millis(sorted, 0.5),
              millis(sorted, 0.99),
              errors.size(),
              errors.stream().limit(3).toList());
    }
  }

  /// Adds clients, which begin at once.
  ///
  /// @param expected the status that every answer must have
  Load with(int count, String name, int expected, URI url, String... headers) {
    var request = HttpRequest.newBuilder(url).header("api_token", TestServer.TOKEN);
    if (headers.length > 0) request.headers(headers);
    var kind = new Kind(name, expected, request.build());
    kinds.add(kind);
    for (int n = 0; n < count; n++) clients.execute(() -> ask(kind));
    return this;
  }

  private void ask(Kind kind) {
    while (!over && System.nanoTime() - begin < LONGEST.toNanos()) {
      long sent = System.nanoTime();
      try {
        HttpResponse<Void> answer =
            http.send(
                kind.request,
                BodyHandlers.ofByteArrayConsumer(
                    part -> part.ifPresent(bytes -> kind.bytes.addAndGet(bytes.length))));
        kind.nanos.add(System.nanoTime() - sent);
        if (answer.statusCode() != kind.expected) kind.errors.add("HTTP " + answer.statusCode());
      } catch (IOException e) {
        kind.errors.add(e.toString());
      } catch (InterruptedException _) {
        return;
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /// Lets the requests under way end, and prints what became of all.
  @Override
  public void close() {
    over = true;
    double seconds = (System.nanoTime() - begin) / 1e9;
    clients.close();
    http.close();
    for (Kind kind : kinds) System.out.println(kind.report(seconds));
  }
}
