package dev.darkroom.vision;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server on loopback with the two endpoints of an OpenAI-compatible API that are used here:
/// `/v1/chat/completions` and `/v1/moderations`. It behaves ([ModelBehaviour#well()]) until it is
/// told otherwise. Safe for use by many threads at once.
public final class FakeVisionModel implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  static {
    // Else each small answer waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<ModelRequest> requests = new CopyOnWriteArrayList<>();
  private final Semaphore arrived = new Semaphore(0);
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger highest = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Queue<ModelBehaviour> next = new ConcurrentLinkedQueue<>();
  private volatile boolean listing;
  private volatile ModelBehaviour always = ModelBehaviour.well();

  private FakeVisionModel(int port) {
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public static FakeVisionModel start() {
    return new FakeVisionModel(0);
  }

  /// On a port that one before it had, so that it is back after an outage.
  public static FakeVisionModel startOn(int port) {
    return new FakeVisionModel(port);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// For the settings `base-url`.
  public String baseUrl() {
    return "http://127.0.0.1:%d/v1".formatted(port());
  }

  /// The properties of a server whose captioner this is.
  public Map<String, String> captionerProperties() {
    return Map.of(
        "darkroom.captioner.remote.base-url",
        baseUrl(),
        "darkroom.captioner.remote.model",
        "fake-vision");
  }

  /// The properties of a server whose moderator this is.
  public Map<String, String> moderatorProperties() {
    return Map.of(
        "darkroom.moderator.remote.base-url",
        baseUrl(),
        "darkroom.moderator.remote.model",
        "fake-moderation");
  }

  /// How the next requests are answered, in the order of their arrival.
  public FakeVisionModel next(ModelBehaviour... behaviours) {
    next.addAll(List.of(behaviours));
    return this;
  }

  /// How all requests are answered for which nothing else is [#next].
  public FakeVisionModel always(ModelBehaviour behaviour) {
    always = behaviour;
    return this;
  }

  /// Behaves from now on.
  public FakeVisionModel recover() {
    next.clear();
    return always(ModelBehaviour.well());
  }

  /// In the order of their arrival.
  public List<ModelRequest> requests() {
    return List.copyOf(requests);
  }

  public ModelRequest lastRequest() {
    return requests.getLast();
  }

  /// The highest number of requests that were under way at a time. One is so until its answer
  /// begins to go out, since the next may come as soon as that has arrived.
  public int highestAtATime() {
    return highest.get();
  }

  /// Waits until that many requests have arrived that were not awaited before.
  public void awaitRequests(int count) throws InterruptedException {
    if (!arrived.tryAcquire(count, 60, TimeUnit.SECONDS)) {
      throw new AssertionError(
          "after a minute %d of %d requests".formatted(arrived.availablePermits(), count));
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  /// Lists its models from now on, whatever it does with other requests.
  public FakeVisionModel listModels() {
    listing = true;
    return this;
  }

  private static void list(HttpExchange exchange) throws IOException {
    byte[] models = "{\"object\": \"list\", \"data\": []}".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, models.length);
    exchange.getResponseBody().write(models);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("GET")) {
        if (listing) list(exchange);
        else exchange.sendResponseHeaders(404, -1);
        return;
      }
      var request = read(exchange);
      highest.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      requests.add(request);
      arrived.release();
      ModelBehaviour behaviour = next.poll();
      try (var answer = new ModelAnswer(exchange, closed, underWay::decrementAndGet)) {
        answer.give(behaviour == null ? always : behaviour, request);
      }
    }
  }

  private static ModelRequest read(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    return new ModelRequest(exchange.getRequestURI().getPath(), headers, body);
  }
}
