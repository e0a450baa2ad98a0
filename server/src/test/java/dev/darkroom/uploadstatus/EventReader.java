package dev.darkroom.uploadstatus;

import dev.darkroom.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A stream of statuses as a browser reads it.
final class EventReader implements AutoCloseable {

  record Event(String id, String name, JsonNode data) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  private EventReader(HttpRequest request) throws IOException, InterruptedException {
    response = http.send(request, BodyHandlers.ofInputStream());
    lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  static EventReader open(TestServer server, String token, String path, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.baseUrl().resolve(path))
            .header("api_token", token)
            .header("Accept", "text/event-stream");
    if (headers.length > 0) request.headers(headers);
    return new EventReader(request.build());
  }

  HttpResponse<InputStream> response() {
    return response;
  }

  /// The next line; none where the stream has ended.
  Optional<String> line() throws IOException {
    return Optional.ofNullable(lines.readLine());
  }

  /// The next event, past all comments; none where the stream has ended.
  Optional<Event> next() throws IOException {
    String id = null;
    String name = "message";
    String data = null;
    for (var line = line(); line.isPresent(); line = line()) {
      String text = line.get();
      if (text.startsWith("id: ")) id = text.substring("id: ".length());
      if (text.startsWith("event: ")) name = text.substring("event: ".length());
      if (text.startsWith("data: ")) data = text.substring("data: ".length());
      if (text.isEmpty() && data != null) {
        return Optional.of(
            new Event(Objects.requireNonNull(id), name, JsonMapper.shared().readTree(data)));
      }
    }
    return Optional.empty();
  }

  /// Goes away in the middle.
  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      http.shutdownNow();
    }
  }
}
