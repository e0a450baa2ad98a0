package dev.darkroom.vision;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a model that understands its request replies.
final class ModelReplies {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ModelReplies() {}

  static String fitting(ModelRequest request) {
    if (request.schema().isPresent()) return JSON.writeValueAsString(value(request.schema().get()));
    return request.body().has("response_format") || request.text().contains("JSON")
        ? "{\"style_medium\": \"photograph\", \"season\": \"autumn\"}"
        : "A wooden table stands in soft light.";
  }

  static String completion(Map<String, ?> message, String finishReason) {
    Map<String, Object> whole = new HashMap<>(message);
    whole.put("role", "assistant");
    var choice = Map.of("index", 0, "message", whole, "finish_reason", finishReason);
    return JSON.writeValueAsString(
        Map.of("id", "chatcmpl-1", "object", "chat.completion", "choices", List.of(choice)));
  }

  /// The plainest value that a schema allows: all properties, one item of each list.
  static JsonNode value(JsonNode schema) {
    if (schema.has("const")) return schema.get("const");
    if (schema.has("enum")) return schema.get("enum").get(0);
    if (schema.has("anyOf")) return value(schema.get("anyOf").get(0));
    JsonNode types = schema.path("type");
    var type = types.isArray() ? types.get(0).asString() : types.asString();
    return switch (type) {
      case "object" -> {
        var object = NODES.objectNode();
        schema.get("properties").forEachEntry((key, of) -> object.set(key, value(of)));
        yield object;
      }
      case "array" -> NODES.arrayNode().add(value(schema.get("items")));
      case "integer", "number" -> NODES.numberNode(1);
      case "boolean" -> NODES.booleanNode(true);
      case "string" -> NODES.stringNode("plain");
      case "null" -> NODES.nullNode();
      default -> throw new AssertionError("a schema without a type: " + schema);
    };
  }
}
