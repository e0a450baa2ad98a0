package dev.darkroom.cli;

import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.cli.FakeDarkroom.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// The part of a server that takes uploads by tus 1.0, and the faults that it can be told to have.
final class FakeUploads {

  private static final int STEP = 1 << 16;

  private static final class Upload {
    private final long length;
    private final String name;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Upload(long length, String name) {
      this.length = length;
      this.name = name;
    }
  }

  private final Map<Long, Upload> uploads = new ConcurrentHashMap<>();
  private final Deque<Answer> refusals = new ArrayDeque<>();
  private volatile @Nullable Answer creationRefusal;
  private final List<Long> offsets = new ArrayList<>();
  private volatile long holdsAt = Long.MAX_VALUE;
  private volatile long breaksAt = Long.MAX_VALUE;
  private final Semaphore held = new Semaphore(0);
  private final Semaphore goOn = new Semaphore(0);

  /// The next PATCH requests are answered so.
  FakeUploads refusing(int... statuses) {
    for (int status : statuses) refusals.add(new Answer(status, "", ""));
    return this;
  }

  /// The next PATCH request is answered so.
  FakeUploads refusing(Answer answer) {
    refusals.add(answer);
    return this;
  }

  /// No upload can be begun.
  FakeUploads refusingNew(Answer answer) {
    creationRefusal = answer;
    return this;
  }

  /// Once so many bytes of an upload are there, the connection breaks.
  FakeUploads breakingAt(long offset) {
    breaksAt = offset;
    return this;
  }

  /// Once so many bytes of an upload are there, no more are read until [#goOn].
  FakeUploads holdingAt(long offset) {
    holdsAt = offset;
    return this;
  }

  void awaitHeld() throws InterruptedException {
    held.acquire();
  }

  void goOn() {
    holdsAt = Long.MAX_VALUE;
    goOn.release();
  }

  void forget() {
    uploads.clear();
  }

  int count() {
    return uploads.size();
  }

  byte[] bytes(long id) {
    return upload(id).bytes.toByteArray();
  }

  String name(long id) {
    return upload(id).name;
  }

  /// Where each PATCH began.
  List<Long> offsets() {
    synchronized (offsets) {
      return List.copyOf(offsets);
    }
  }

  private Upload upload(long id) {
    var upload = uploads.get(id);
    if (upload == null) throw new AssertionError("no upload " + id);
    return upload;
  }

  void answer(HttpExchange exchange, String token) throws IOException {
    var headers = exchange.getRequestHeaders();
    if (!token.equals(headers.getFirst("api_token"))) {
      end(exchange, 401);
    } else if (!"1.0.0".equals(headers.getFirst("Tus-Resumable"))) {
      end(exchange, 412);
    } else if (exchange.getRequestURI().getPath().equals("/uploads")) {
      if (creationRefusal == null) create(exchange);
      else end(exchange, creationRefusal);
    } else {
      answerOfOne(exchange);
    }
  }

  private void create(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    long id = 40L + uploads.size();
    long length = Long.parseLong(headers.getFirst("Upload-Length"));
    String name = headers.getFirst("Upload-Metadata").replaceFirst("filename ", "");
    uploads.put(
        id,
        new Upload(length, new String(Base64.getDecoder().decode(name), StandardCharsets.UTF_8)));
    // As behind a proxy: under a name that the client does not know.
    exchange.getResponseHeaders().set("Location", "https://elsewhere.example/uploads/" + id);
    end(exchange, 201);
  }

  private void answerOfOne(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    var upload = uploads.get(Long.parseLong(path.substring(path.lastIndexOf('/') + 1)));
    if (upload == null) {
      end(exchange, 404);
    } else if (exchange.getRequestMethod().equals("HEAD")) {
      tell(exchange, upload, 200);
    } else if (!refusals.isEmpty()) {
      end(exchange, refusals.removeFirst());
    } else {
      receive(exchange, upload);
    }
  }

  private void receive(HttpExchange exchange, Upload upload) throws IOException {
    long offset = Long.parseLong(exchange.getRequestHeaders().getFirst("Upload-Offset"));
    synchronized (offsets) {
      offsets.add(offset);
    }
    if (offset != upload.bytes.size()) {
      end(exchange, 409);
      return;
    }
    var body = exchange.getRequestBody();
    for (byte[] step = body.readNBytes(STEP); step.length > 0; step = body.readNBytes(STEP)) {
      upload.bytes.writeBytes(step);
      if (upload.bytes.size() >= holdsAt) hold();
      if (upload.bytes.size() >= breaksAt) {
        breaksAt = Long.MAX_VALUE;
        exchange.close();
        return;
      }
    }
    if (upload.bytes.size() > upload.length) throw new AssertionError("more than was told");
    tell(exchange, upload, 204);
  }

  private void hold() {
    held.release();
    goOn.acquireUninterruptibly();
  }

  private static void tell(HttpExchange exchange, Upload upload, int status) throws IOException {
    exchange.getResponseHeaders().set("Upload-Offset", String.valueOf(upload.bytes.size()));
    end(exchange, status);
  }

  private static void end(HttpExchange exchange, int status) throws IOException {
    end(exchange, new Answer(status, "", ""));
  }

  private static void end(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Tus-Resumable", "1.0.0");
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) exchange.getResponseBody().write(body);
    exchange.close();
  }
}
