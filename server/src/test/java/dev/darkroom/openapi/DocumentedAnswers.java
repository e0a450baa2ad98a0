package dev.darkroom.openapi;

import dev.darkroom.openapi.DocumentedApi.Operation;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/// Holds what the server answers to the description of its API: the status, the headers, the type
/// of the body, and every field of JSON. Where nothing is described, the server may only refuse.
public final class DocumentedAnswers {

  /// An answer to a request.
  ///
  /// @param path without the query
  record Given(String method, String path, int status, HttpHeaders headers, String body) {

    String mediaType() {
      return headers.firstValue("Content-Type").orElse("").replaceFirst(" *;.*", "");
    }

    AssertionError departure(String what) {
      var shown = mediaType().endsWith("json") ? body : "";
      return new AssertionError(
          "%s %s answered %d, but by openapi/*.yaml %s%n%.2000s"
              .formatted(method, path, status, what, shown));
    }
  }

  private DocumentedAnswers() {}

  /// Fails where the answer to `method` departs from the description.
  public static void check(String method, HttpResponse<byte[]> response) {
    var path = response.uri().getRawPath().replaceFirst("^/v[12](?=/)", "");
    var body = new String(response.body(), StandardCharsets.UTF_8);
    check(new Given(method, path, response.statusCode(), response.headers(), body));
  }

  static void check(Given given) {
    if (DocumentedApi.BESIDE.matcher(given.path()).matches()) return;
    DocumentedApi.find(given.method(), given.path())
        .or(() -> findGetOfHead(given))
        .ifPresentOrElse(
            operation -> checkDescribed(given, operation.response(given.status())),
            () -> checkRefused(given));
  }

  private static Optional<Operation> findGetOfHead(Given given) {
    return given.method().equals("HEAD")
        ? DocumentedApi.find("GET", given.path())
        : Optional.empty();
  }

  private static void checkRefused(Given given) {
    if (given.status() < 400) {
      throw given.departure("there is no such operation");
    }
    checkDescribed(given, DocumentedApi.DOCUMENT.at("/components/responses/NotFound"));
  }

  private static void checkDescribed(Given given, JsonNode response) {
    if (response.isMissingNode()) {
      throw given.departure("it has no such status");
    }
    for (var header : response.path("headers").properties()) {
      checkHeader(given, header.getKey(), DocumentedApi.resolved(header.getValue()));
    }
    if (!given.method().equals("HEAD")) checkBody(given, response.path("content"));
  }

  private static void checkHeader(Given given, String name, JsonNode described) {
    var value = given.headers().firstValue(name);
    if (value.isEmpty()) {
      if (described.path("required").asBoolean()) {
        throw given.departure("it has the header " + name);
      }
      return;
    }
    var schema = described.get("schema");
    boolean isNumber = schema.path("type").asString("").equals("integer");
    JsonNode typed = isNumber ? json(given, value.get()) : StringNode.valueOf(value.get());
    var departures = DocumentedApi.departures(schema, typed);
    if (!departures.isEmpty()) throw given.departure("of " + name + " " + departures);
  }

  private static void checkBody(Given given, JsonNode content) {
    if (content.isMissingNode()) {
      if (!given.body().isEmpty()) throw given.departure("it has no body");
      return;
    }
    var described = content.get(given.mediaType());
    if (described == null) {
      throw given.departure("it is one of %s, not %s".formatted(names(content), given.mediaType()));
    }
    if (given.mediaType().endsWith("json")) {
      var departures = DocumentedApi.departures(described.get("schema"), json(given, given.body()));
      if (!departures.isEmpty()) throw given.departure(String.join("\n", departures));
    }
  }

  private static List<String> names(JsonNode content) {
    return List.copyOf(content.propertyNames());
  }

  private static JsonNode json(Given given, String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw given.departure("it is JSON: " + e.getOriginalMessage());
    }
  }
}
