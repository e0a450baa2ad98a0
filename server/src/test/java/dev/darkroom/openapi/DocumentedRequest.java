package dev.darkroom.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.openapi.DocumentedApi.Operation;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A request as someone writes it who has read the description: with the examples of its parameters
/// and of its body, and what the client has to know of its own in place of them.
///
/// @param known values of parameters, by name
/// @param standIns what takes the place of a URL of the example's body
record DocumentedRequest(
    Operation operation, Map<String, String> known, Map<String, String> standIns) {

  /// Sends it once for each form in which the documented answer can be had, with that as `Accept`;
  /// the answers in that order.
  List<Answer> send(ApiClient client) {
    var types = acceptableTypes();
    if (types.isEmpty()) return List.of(sendOnce(client));
    return types.stream().map(type -> sendOnce(client.with("Accept", type))).toList();
  }

  /// None where nothing is chosen by `Accept`: a link to an image opens as what the image is.
  private List<String> acceptableTypes() {
    if (operation.response(406).isMissingNode()) return List.of();
    return List.copyOf(operation.response(mainStatus()).path("content").propertyNames());
  }

  /// The success that is documented first.
  int mainStatus() {
    return operation.content().get("responses").propertyNames().stream()
        .mapToInt(Integer::parseInt)
        .min()
        .orElseThrow();
  }

  private Answer sendOnce(ApiClient client) {
    return withHeaders(client).send(operation.method(), path() + query(), body());
  }

  /// With the headers that must be there, and the type of a body that is no JSON.
  private ApiClient withHeaders(ApiClient client) {
    var named = client;
    for (var header : (Iterable<JsonNode>) operation.parameters("header")::iterator) {
      if (!header.path("required").asBoolean()) continue;
      named = named.with(header.get("name").asString(), value(header).orElseThrow());
    }
    return mediaType().isPresent() ? named.with("Content-Type", mediaType().get()) : named;
  }

  /// Of a body that has an example and is no JSON.
  private Optional<String> mediaType() {
    return operation.content().at("/requestBody/content").properties().stream()
        .filter(content -> content.getValue().has("example"))
        .map(Map.Entry::getKey)
        .filter(type -> !type.equals("application/json"))
        .findFirst();
  }

  private String path() {
    var path = operation.path();
    for (var parameter : (Iterable<JsonNode>) operation.parameters("path")::iterator) {
      var name = parameter.get("name").asString();
      path = path.replace("{" + name + "}", value(parameter).orElseThrow());
    }
    return path;
  }

  private String query() {
    var query =
        operation
            .parameters("query")
            .flatMap(parameter ->
                value(parameter).stream()
                    .map(value -> parameter.get("name").asString() + "=" + value))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  /// None where it can be left out and has no example.
  private Optional<String> value(JsonNode parameter) {
    var name = parameter.get("name").asString();
    var value =
        Optional.ofNullable(known.get(name))
            .or(() -> Optional.ofNullable(parameter.get("example")).map(JsonNode::asString));
    assertThat(value.isPresent() || !parameter.path("required").asBoolean())
        .as("%s needs an example of %s", operation, name)
        .isTrue();
    return value;
  }

  private BodyPublisher body() {
    if (mediaType().isPresent()) return BodyPublishers.ofString(bytes(mediaType().get()));
    var body = operation.content().at("/requestBody/content/application~1json/example");
    if (body.isMissingNode()) return BodyPublishers.noBody();
    var text = body.toString();
    for (var standIn : standIns.entrySet()) {
      text = text.replace('"' + standIn.getKey() + '"', '"' + standIn.getValue() + '"');
    }
    assertThat(text).as("nothing stands in for a URL of the example").doesNotContain("example.com");
    return BodyPublishers.ofString(text);
  }

  private String bytes(String mediaType) {
    return operation.content().at("/requestBody/content").get(mediaType).get("example").asString();
  }
}
