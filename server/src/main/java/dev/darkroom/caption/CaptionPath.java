package dev.darkroom.caption;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A place in the caption that has a name of its own, such as `aesthetics.color_scheme`; what lies
/// within a list has none.
///
/// @param dotted the keys on the way there, joined by dots
/// @param types what JSON Schema calls the types of value that may be there
record CaptionPath(String dotted, Set<String> types) {

  CaptionPath {
    types = Set.copyOf(types);
  }

  boolean isList() {
    return types.contains("array");
  }

  /// Whether a single value is there, and not an object or a list of them.
  boolean isValue() {
    return !isList() && !types.contains("object");
  }

  boolean mayBeNull() {
    return types.contains("null");
  }

  boolean takes(JsonNode value) {
    return types.contains(typeOf(value));
  }

  /// The types as a sentence has them, such as `a string or null`.
  String typesInWords() {
    var words = new ArrayList<>(types.stream().filter(t -> !t.equals("null")).toList());
    words.replaceAll(CaptionPath::inWords);
    if (mayBeNull()) {
      words.add("null");
    }
    return String.join(" or ", words);
  }

  List<String> keys() {
    return List.of(dotted.split("\\."));
  }

  /// The value here; a missing node where there is none.
  JsonNode in(JsonNode caption) {
    var value = caption;
    for (var key : keys()) {
      value = value.path(key);
    }
    return value;
  }

  /// Sets the value here, where there is an object that can hold it.
  void set(ObjectNode caption, JsonNode value) {
    JsonNode holder = caption;
    for (var key : keys().subList(0, keys().size() - 1)) {
      holder = holder.path(key);
    }
    if (holder instanceof ObjectNode object) {
      object.set(keys().getLast(), value);
    }
  }

  /// A value's type as a sentence has it, such as `an object`.
  static String typeInWords(JsonNode value) {
    return inWords(typeOf(value));
  }

  /// What JSON Schema calls the value's type.
  static String typeOf(JsonNode value) {
    return value.isIntegralNumber()
        ? "integer"
        : value.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static String inWords(String type) {
    return switch (type) {
      case "null" -> "null";
      case "array", "integer", "object" -> "an " + type;
      default -> "a " + type;
    };
  }
}
