package dev.darkroom.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A server that speaks the part of the contract that the commands use, over real HTTP. Statuses
/// are a script: each poll takes the next answer, and the last one stays.
final class FakeDarkroom implements AutoCloseable {

  static final String TOKEN = "t0ken";

  /// With the byte order mark that the server sends.
  static final String CSV =
      "\uFEFFfilename,error_code,type,error_message,what_to_do\r\na.jpg,412,t,Small.,Enlarge.\r\n";

  /// A scripted answer to a poll.
  record Answer(int status, String body, String retryAfter) {
    static Answer ok(String body) {
      return new Answer(200, body, "");
    }
  }

  record Request(String method, String path, String body) {}

  private record KeyedRequest(String path, String key) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String token;
  private final Deque<Answer> script = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<JsonObject> projects = new ArrayList<>();
  private final FakeUploads uploads = new FakeUploads();
  private final FakeDownload download = new FakeDownload();
  private JsonArray images = new JsonArray();
  private JsonObject dataset = new JsonObject();
  private final JsonArray limits = new JsonArray();
  private final List<KeyedRequest> keyed = new ArrayList<>();
  private final Map<String, Answer> keptAnswers = new HashMap<>();
  private final Map<String, Integer> lostAnswers = new HashMap<>();
  private final Map<String, Deque<Answer>> nextAnswers = new HashMap<>();
  private @Nullable Answer captionRefusal;
  private @Nullable Answer uploadRefusal;

  private FakeDarkroom(int port, String token) throws IOException {
    this.token = token;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  static FakeDarkroom start(Answer... statuses) {
    try {
      return new FakeDarkroom(0, TOKEN).thenAnswers(statuses);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FakeDarkroom startAt(int port, String token, Answer... statuses) {
    try {
      return new FakeDarkroom(port, token).thenAnswers(statuses);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeDarkroom thenAnswers(Answer... statuses) {
    synchronized (script) {
      script.addAll(List.of(statuses));
    }
    return this;
  }

  FakeDarkroom withProject(long id, String name) {
    projects.add(JsonObject.builder().value("id", id).value("project_name", name).done());
    return this;
  }

  FakeDarkroom withImages(JsonArray list) {
    images = list;
    return this;
  }

  FakeDarkroom withDataset(JsonObject fields) {
    dataset = fields;
    return this;
  }

  FakeDarkroom withLimit(String name, long value) {
    limits.add(JsonObject.builder().value("name", name).value("value", value).done());
    return this;
  }

  FakeDarkroom refusingCaptions(int status, String type, String message) {
    captionRefusal = error(status, type, message);
    return this;
  }

  FakeDarkroom refusingUploads(int status, String type, String message) {
    uploadRefusal = error(status, type, message);
    return this;
  }

  FakeDarkroom takingUploads() {
    uploadRefusal = null;
    return this;
  }

  /// So often a POST to this path is done, and the connection breaks before the answer.
  FakeDarkroom losingAnswers(String path, int times) {
    lostAnswers.put(path, times);
    return this;
  }

  /// The next such request is answered so, or the one after those that were told before.
  ///
  /// @param request its method and path
  FakeDarkroom answeringNext(String request, Answer answer) {
    nextAnswers.computeIfAbsent(request, _ -> new ArrayDeque<>()).add(answer);
    return this;
  }

  /// The `Idempotency-Key` of each POST to this path.
  List<String> keys(String path) {
    synchronized (requests) {
      return keyed.stream().filter(one -> one.path().equals(path)).map(KeyedRequest::key).toList();
    }
  }

  FakeUploads uploads() {
    return uploads;
  }

  FakeDownload download() {
    return download;
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<Request> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /// The body of the one POST to this path.
  JsonObject posted(String path) {
    List<Request> posts =
        requests().stream()
            .filter(r -> r.method().equals("POST") && r.path().equals(path))
            .toList();
    if (posts.size() != 1) throw new AssertionError(posts.size() + " POSTs to " + path);
    return json(posts.getFirst().body());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.startsWith("/uploads")) {
        uploads.answer(exchange, token);
        return;
      }
      if (path.startsWith("/exports/")) {
        download.answer(exchange);
        return;
      }
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var request =
          new Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
      Answer answer = answerOnce(request, exchange.getRequestHeaders());
      if (request.method().equals("POST") && losesAnswer(request.path())) return;
      if (!answer.retryAfter().isEmpty()) {
        exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if ("text/csv".equals(exchange.getRequestHeaders().getFirst("Accept"))) {
        answer = Answer.ok(CSV);
      }
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /// A request with a key that was answered before is not done again.
  private Answer answerOnce(Request request, Headers headers) {
    String key = headers.getFirst("Idempotency-Key");
    synchronized (requests) {
      if (key != null) {
        keyed.add(new KeyedRequest(request.path(), key));
        var kept = keptAnswers.get(request.path() + " " + key);
        if (kept != null) return kept;
      }
      requests.add(request);
    }
    Answer answer = answerTo(request, headers.getFirst("api_token"));
    synchronized (requests) {
      if (key != null && answer.status() < 300) keptAnswers.put(request.path() + " " + key, answer);
    }
    return answer;
  }

  private boolean losesAnswer(String path) {
    int left = lostAnswers.getOrDefault(path, 0);
    lostAnswers.put(path, left - 1);
    return left > 0;
  }

  private Answer answerTo(Request request, @Nullable String sentToken) {
    if (request.path().startsWith("/actuator/")) return Answer.ok("{\"status\":\"UP\"}");
    if (!token.equals(sentToken)) {
      return error(401, "auth.unknown-token", "The API token is not known.");
    }
    String line = request.method() + " " + request.path();
    var next = nextAnswers.getOrDefault(line, new ArrayDeque<>());
    if (!next.isEmpty()) return next.removeFirst();
    if (uploadRefusal != null && request.body().contains("upload_id")) return uploadRefusal;
    return switch (line) {
      case "GET /limits" ->
          Answer.ok(JsonWriter.string(JsonObject.builder().value("limits", limits).done()));
      case "GET /tailored-gen/projects" -> Answer.ok(JsonWriter.string(new JsonArray(projects)));
      case "POST /tailored-gen/projects" -> created(7);
      case "POST /tailored-gen/datasets" -> created(12);
      case "PUT /tailored-gen/datasets/12" -> new Answer(200, "{\"id\":12}", "");
      case "POST /tailored-gen/datasets/12/images/bulk-upload" ->
          request.body().contains("not-a-zip")
              ? error(400, "archive.not-a-zip", "The URL gave a web page.")
              : new Answer(202, "{\"dataset_id\":12,\"status\":\"pending\"}", "1");
      case "GET /tailored-gen/datasets/12/images/bulk-upload/status",
          "GET /tailored-gen/datasets/12/images/bulk-upload/preflight/status" ->
          nextStatus();
      case "POST /tailored-gen/datasets/12/images/bulk-upload/preflight" ->
          new Answer(202, "{\"dataset_id\":12,\"status\":\"pending\"}", "1");
      case "POST /tailored-gen/datasets/12/images/bulk-upload/cancel" ->
          new Answer(202, JsonWriter.string(Statuses.failed()), "");
      case "GET /tailored-gen/datasets/12/images" -> Answer.ok(JsonWriter.string(images));
      case "PUT /tailored-gen/datasets/12/images" ->
          new Answer(202, "{\"id\":12,\"captions_update_status\":\"in_progress\"}", "");
      case "GET /tailored-gen/datasets/12" -> Answer.ok(JsonWriter.string(dataset));
      case "GET /tailored-gen/datasets" -> Answer.ok(JsonWriter.string(JsonArray.from(dataset)));
      case "GET /tailored-gen/datasets/12/download" -> Answer.ok(download.links(url()));
      default -> answerOfAnImage(request);
    };
  }

  /// Keeps every caption but one that says it is refused.
  private Answer answerOfAnImage(Request request) {
    for (Object item : images) {
      var image = (JsonObject) item;
      String path = "/tailored-gen/datasets/12/images/" + image.getLong("id");
      if (!request.method().equals("PUT") || !request.path().equals(path)) continue;
      if (captionRefusal != null) return captionRefusal;
      if (request.body().contains("refuse me")) {
        return error(400, "caption.too-long", "The caption is too long.");
      }
      String caption = json(request.body()).getString("caption", "Written anew.");
      image.put("caption", caption);
      return Answer.ok(JsonWriter.string(image));
    }
    return error(404, "dataset.not-found", "There is no such dataset.");
  }

  private Answer nextStatus() {
    synchronized (script) {
      if (script.isEmpty()) return error(404, "bulk-upload.never", "There was no bulk upload.");
      return script.size() > 1 ? script.removeFirst() : script.getFirst();
    }
  }

  private static Answer created(long id) {
    return new Answer(201, "{\"id\":" + id + "}", "");
  }

  static Answer error(int status, String type, String message) {
    String body =
        JsonWriter.string(
            JsonObject.builder()
                .value("message", message)
                .object("error")
                .value("code", status)
                .value("message", message)
                .value("details", "")
                .end()
                .value("request_id", "req-1")
                .value("type", type)
                .done());
    return new Answer(status, body, "");
  }

  static JsonObject json(String text) {
    try {
      return JsonParser.object().from(text);
    } catch (JsonParserException e) {
      throw new AssertionError(text, e);
    }
  }

  URI uri() {
    return URI.create(url());
  }
}
