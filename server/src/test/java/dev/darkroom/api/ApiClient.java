package dev.darkroom.api;

import dev.darkroom.TestServer;
import dev.darkroom.openapi.DocumentedAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the API as a stranger would write it: plain HTTP, plain JSON. Whatever a test is
/// about, every answer has to be as the description of the API says.
public final class ApiClient {

  /// An answer, whatever its status.
  public record Answer(int status, HttpResponse<byte[]> response) {

    /// The body as JSON; a missing node where there is no body.
    public JsonNode json() {
      return JsonMapper.shared().readTree(response.body());
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public byte[] bytes() {
      return response.body();
    }

    public Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    /// The stable name of the failure that the body tells of.
    public String type() {
      return json().path("type").asString();
    }
  }

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;
  private final Map<String, String> headers;

  private ApiClient(URI base, Map<String, String> headers) {
    this.base = base;
    this.headers = headers;
  }

  /// One who knows the server's own admin token.
  public static ApiClient of(TestServer server) {
    return anonymous(server).with("api_token", server.token());
  }

  /// The same of a server in another process, on a port of this machine.
  public static ApiClient ofPort(int port) {
    return new ApiClient(URI.create("http://127.0.0.1:" + port), Map.of())
        .with("api_token", TestServer.TOKEN);
  }

  public static ApiClient anonymous(TestServer server) {
    return new ApiClient(server.baseUrl(), Map.of());
  }

  /// The same with one more header.
  public ApiClient with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ApiClient(base, more);
  }

  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  /// Posts `body`, written as JSON; a string is sent as it is.
  public Answer post(String path, Object body) {
    return send("POST", path, json(body));
  }

  /// Puts `body`, written as JSON; a string is sent as it is.
  public Answer put(String path, Object body) {
    return send("PUT", path, json(body));
  }

  public Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  /// Sends what `path` names, which may be an absolute URL.
  public Answer send(String method, String path, HttpRequest.BodyPublisher body) {
    var request = HttpRequest.newBuilder(url(path)).method(method, body);
    if (body.contentLength() != 0 && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      if (comesFromTheServer(response)) DocumentedAnswers.check(meant(method), response);
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String meant(String method) {
    return headers.getOrDefault("X-HTTP-Method-Override", method).toUpperCase(Locale.ROOT);
  }

  // And not from its object store, which signs links, too.
  private boolean comesFromTheServer(HttpResponse<?> response) {
    return response.uri().getAuthority().equals(base.getAuthority());
  }

  // Not by URI.resolve, which would straighten a path that is crooked on purpose.
  private URI url(String path) {
    return URI.create(path.startsWith("/") ? base + path : path);
  }

  private static HttpRequest.BodyPublisher json(Object body) {
    return BodyPublishers.ofString(
        body instanceof String text ? text : JsonMapper.shared().writeValueAsString(body));
  }
}
