package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One server, seen from a client: every request carries the token, and an error becomes a
/// [CommandFailure]. Redirects are not followed, so the token goes nowhere else.
///
/// Close it: a selector thread that is still waiting costs 0.3 s when the JVM ends.
final class Darkroom implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /// Longer than the 10 s in which the server looks at the ZIP before it accepts an upload.
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final String base;
  private final String token;

  /// The base URL may end in `/v1` or `/v2`; the paths are served under all three.
  Darkroom(URI server, String token) {
    this.base = server.toString().replaceAll("/+$", "");
    this.token = token;
  }

  Reply get(String path) {
    return get(path, "application/json");
  }

  /// @param type the media type that is asked for
  Reply get(String path, String type) {
    return successful(send(HttpRequest.newBuilder(url(path)).GET(), type));
  }

  /// @param key the same in all tries of one request, which is done once then
  Reply post(String path, JsonObject body, String key) {
    return successful(
        send(request("POST", path, body).header("Idempotency-Key", key), "application/json"));
  }

  Reply post(String path) {
    return send("POST", path);
  }

  Reply put(String path, JsonObject body) {
    return send("PUT", path, body);
  }

  Reply put(String path) {
    return send("PUT", path);
  }

  private Reply send(String method, String path) {
    var request = HttpRequest.newBuilder(url(path)).method(method, BodyPublishers.noBody());
    return successful(send(request, "application/json"));
  }

  private Reply send(String method, String path, JsonObject body) {
    return successful(send(request(method, path, body), "application/json"));
  }

  private HttpRequest.Builder request(String method, String path, JsonObject body) {
    return HttpRequest.newBuilder(url(path))
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(JsonWriter.string(body)));
  }

  /// The status code alone, or 0 when nothing answers.
  int probe(String path) {
    try {
      return send(HttpRequest.newBuilder(url(path)).GET(), "application/json").status();
    } catch (CommandFailure.Unreachable _) {
      return 0;
    }
  }

  /// Sends a request that is none for JSON, and gives whatever answers.
  HttpResponse<String> exchange(HttpRequest.Builder request, Duration timeout) throws IOException {
    request.header("api_token", token).timeout(timeout);
    try {
      return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure.Stopped();
    }
  }

  /// The server's address as it was named.
  String base() {
    return base;
  }

  URI url(String path) {
    return URI.create(base + path);
  }

  URI statusUrl(long datasetId) {
    return url(statusPath(datasetId));
  }

  static String datasetPath(long datasetId) {
    return "/tailored-gen/datasets/" + datasetId;
  }

  static String imagesPath(long datasetId) {
    return datasetPath(datasetId) + "/images";
  }

  static String statusPath(long datasetId) {
    return bulkUploadPath(datasetId) + "/status";
  }

  static String bulkUploadPath(long datasetId) {
    return imagesPath(datasetId) + "/bulk-upload";
  }

  @Override
  public void close() {
    http.close();
  }

  private Reply send(HttpRequest.Builder request, String type) {
    try {
      return Reply.of(exchange(request.header("Accept", type), ANSWER_TIMEOUT));
    } catch (IOException e) {
      throw new CommandFailure.Unreachable(URI.create(base), e);
    }
  }

  private static Reply successful(Reply reply) {
    if (!reply.ok()) throw new CommandFailure.Refused(reply);
    return reply;
  }
}
