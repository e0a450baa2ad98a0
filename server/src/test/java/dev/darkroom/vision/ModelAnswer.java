package dev.darkroom.vision;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The answer to one request of a [FakeVisionModel], as a [ModelBehaviour] gives it.
public final class ModelAnswer implements AutoCloseable {

  private final HttpExchange exchange;
  private final CountDownLatch closed;
  private final Runnable begins;
  private final AtomicBoolean begun = new AtomicBoolean();

  /// @param closed counted down when the model is
  /// @param begins run once, before the answer begins to go out or when there is none
  ModelAnswer(HttpExchange exchange, CountDownLatch closed, Runnable begins) {
    this.exchange = exchange;
    this.closed = closed;
    this.begins = begins;
  }

  void give(ModelBehaviour behaviour, ModelRequest request) throws IOException {
    try {
      behaviour.answer(request, this);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  public ModelAnswer header(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
    return this;
  }

  public void json(int status, String body) throws IOException {
    send(status, "application/json", body);
  }

  public void send(int status, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    header("Content-Type", type);
    begin();
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// Ends the connection without a word.
  public void drop() {
    begin();
    exchange.close();
  }

  /// Ends the connection in the middle of the body.
  public void truncate(String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    begin();
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
    exchange.getResponseBody().flush();
  }

  /// Says nothing until the model is closed.
  public void stall() throws InterruptedException {
    closed.await();
  }

  /// Sends a byte now and then, without an end, until the client or the model has enough.
  public void trickle(Duration gap) throws IOException, InterruptedException {
    header("Content-Type", "application/json");
    begin();
    exchange.sendResponseHeaders(200, 0);
    do {
      exchange.getResponseBody().write(' ');
      exchange.getResponseBody().flush();
    } while (!pause(gap));
  }

  /// Sends that many bytes.
  public void flood(long bytes) throws IOException {
    header("Content-Type", "application/json");
    begin();
    exchange.sendResponseHeaders(200, bytes);
    byte[] block = new byte[64 << 10];
    for (long sent = 0; sent < bytes; sent += block.length) {
      exchange.getResponseBody().write(block, 0, (int) Math.min(block.length, bytes - sent));
    }
  }

  private void begin() {
    if (begun.compareAndSet(false, true)) begins.run();
  }

  @Override
  public void close() {
    begin();
  }

  /// True where the model is closed meanwhile.
  public boolean pause(Duration length) throws InterruptedException {
    return closed.await(length.toNanos(), TimeUnit.NANOSECONDS);
  }
}
