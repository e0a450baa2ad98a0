package dev.darkroom.caption;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The caption schema as a provider's strict `response_format` takes it, with fixed values. Strict
/// mode knows few keywords, and servers differ in which; here are types, properties, required,
/// enum, items, description and `additionalProperties: false`, which all of them take.
final class RequestSchema {

  private RequestSchema() {}

  static ObjectNode with(Map<String, JsonNode> fixed) {
    var schema = CaptionSchema.copy();
    schema.remove(List.of("$schema", "title"));
    // Its description states the limit too, and the reply is checked.
    schema.withObject("/properties/objects").remove("maxItems");
    fixed.forEach((dotted, value) -> fix(schema, CaptionSchema.path(dotted), value));
    return schema;
  }

  private static void fix(ObjectNode schema, CaptionPath path, JsonNode value) {
    var parent = CaptionSchema.parentOf(path);
    if (parent != null) {
      // What holds a fixed value is there.
      at(schema, parent).put("type", "object");
    }
    var place = at(schema, path);
    place.retain("description");
    place.put("type", CaptionPath.typeOf(value));
    place.putArray("enum").add(value);
  }

  private static ObjectNode at(ObjectNode schema, CaptionPath path) {
    return schema.withObject("/properties/" + String.join("/properties/", path.keys()));
  }
}
