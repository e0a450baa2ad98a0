package dev.darkroom.caption;

import dev.darkroom.failure.FailureException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Parts what a visual schema says of the caption's paths from what else it says.
final class VisualSchemaReader {

  private final Map<String, JsonNode> fixed = new LinkedHashMap<>();
  private final Map<String, JsonNode> context = new LinkedHashMap<>();

  VisualSchemaReader(ObjectNode schema) {
    take("", schema);
    fixed.forEach(this::checkParent);
  }

  /// Values of the caption, by dotted path: scalars, and null for an object that may be null.
  Map<String, JsonNode> fixed() {
    return Collections.unmodifiableMap(fixed);
  }

  /// Whatever else is true of every image, by dotted key.
  Map<String, JsonNode> context() {
    return Collections.unmodifiableMap(context);
  }

  private void take(String prefix, JsonNode object) {
    for (var property : object.properties()) {
      takeAt(prefix + property.getKey(), property.getValue());
    }
  }

  private void takeAt(String dotted, JsonNode value) {
    var path = CaptionSchema.paths().get(dotted);
    if (path == null) {
      put(context, dotted, value);
      return;
    }
    if (!path.takes(value)) {
      throw new FailureException(
          new VisualSchemaFailure.WrongType(
              dotted, path.typesInWords(), CaptionPath.typeInWords(value)));
    }
    if (value.isObject()) {
      take(dotted + ".", value);
    } else {
      put(path.isList() ? context : fixed, dotted, value);
    }
  }

  private static void put(Map<String, JsonNode> values, String dotted, JsonNode value) {
    var other = values.putIfAbsent(dotted, value);
    if (other != null && !other.equals(value)) {
      throw ambiguous(dotted, other, value);
    }
  }

  /// An object that is null has no values within.
  private void checkParent(String dotted, JsonNode value) {
    var parent = CaptionSchema.parentOf(CaptionSchema.path(dotted));
    var ofParent = parent == null ? null : fixed.get(parent.dotted());
    if (parent != null && ofParent != null) {
      throw ambiguous(parent.dotted(), ofParent, value);
    }
  }

  private static FailureException ambiguous(String path, JsonNode first, JsonNode second) {
    return new FailureException(
        new VisualSchemaFailure.Ambiguous(
            Excerpt.of(path),
            Excerpt.of(StrictJson.write(first)),
            Excerpt.of(StrictJson.write(second))));
  }
}
