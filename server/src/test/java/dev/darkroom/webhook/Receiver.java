package dev.darkroom.webhook;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The receiver of webhooks: a web server that keeps what it was told, and answers 200, or what a
/// test wants it to.
public final class Receiver implements AutoCloseable {

  /// A message as it arrived.
  @SuppressWarnings("ArrayRecordComponent")
  public record Call(String method, String target, Headers headers, byte[] body) {

    public String header(String name) {
      return headers.getFirst(name);
    }

    public JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch answering = new CountDownLatch(0);
  private volatile String location = "";

  public Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return url("/hook?key=secret");
  }

  String url(String target) {
    return "http://127.0.0.1:" + port() + target;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// In the order of arrival.
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /// Answers the next messages with these, one each.
  Receiver answering(Integer... statuses) {
    answers.addAll(List.of(statuses));
    return this;
  }

  /// Names a place in every answer.
  Receiver pointingTo(String url) {
    location = url;
    return this;
  }

  /// Takes messages, and answers none until [#goOn].
  Receiver stalling() {
    answering = new CountDownLatch(1);
    return this;
  }

  void goOn() {
    answering.countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      calls.add(
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              exchange.getRequestBody().readAllBytes()));
      Integer status = answers.poll();
      answering.await();
      if (!location.isEmpty()) exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(status == null ? 200 : status, -1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
