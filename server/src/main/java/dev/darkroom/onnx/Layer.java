package dev.darkroom.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A layer as Keras describes it.
///
/// @param inputs the names of the layers whose outputs it takes
record Layer(String name, String type, JsonNode config, List<String> inputs) {

  Layer {
    inputs = List.copyOf(inputs);
  }

  static Layer read(JsonNode json) throws MalformedModelException {
    JsonNode name = json.path("name");
    JsonNode type = json.path("class_name");
    if (!name.isString() || !type.isString() || !json.path("config").isObject()) {
      throw new MalformedModelException("a layer has no name, no class_name or no config");
    }
    return new Layer(name.stringValue(), type.stringValue(), json.path("config"), inputs(json));
  }

  /// Of a layer that is used once: `[[["block_1_add",0,0,{}],["block_2_add",0,0,{}]]]`.
  private static List<String> inputs(JsonNode json) throws MalformedModelException {
    JsonNode nodes = json.path("inbound_nodes");
    if (!nodes.isArray() || nodes.size() > 1) {
      throw new MalformedModelException("the layer %s is shared".formatted(json.path("name")));
    }
    List<String> inputs = new ArrayList<>();
    for (JsonNode input : nodes.path(0)) inputs.add(output(input));
    return inputs;
  }

  /// The layer that `["block_1_add",0,0]` names.
  static String output(JsonNode reference) throws MalformedModelException {
    boolean first =
        reference.path(0).isString()
            && reference.path(1).asInt(-1) == 0
            && reference.path(2).asInt(-1) == 0;
    if (!first) {
      throw new MalformedModelException("%s names no layer's one output".formatted(reference));
    }
    return reference.path(0).stringValue();
  }

  String input() throws MalformedModelException {
    if (inputs.size() != 1) throw unsupported("inputs", inputs.size());
    return inputs.getFirst();
  }

  /// Makes sure that a property has the one value that the conversion knows.
  void require(String key, String value) throws MalformedModelException {
    if (!text(key).equals(value)) throw unsupported(key, text(key));
  }

  void require(String key, boolean value) throws MalformedModelException {
    JsonNode given = config.path(key);
    if (!given.isBoolean() || given.booleanValue() != value) throw unsupported(key, given);
  }

  void require(String key, int... values) throws MalformedModelException {
    if (!Arrays.equals(
        numbers(key, values.length), Arrays.stream(values).asLongStream().toArray())) {
      throw unsupported(key, config.path(key));
    }
  }

  /// One of a few texts.
  String oneOf(String key, Set<String> known) throws MalformedModelException {
    String value = text(key);
    if (!known.contains(value)) throw unsupported(key, value);
    return value;
  }

  private String text(String key) throws MalformedModelException {
    JsonNode value = config.path(key);
    if (!value.isString()) throw unsupported(key, value);
    return value.stringValue();
  }

  double number(String key) throws MalformedModelException {
    JsonNode value = config.path(key);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) throw unsupported(key, value);
    return value.doubleValue();
  }

  /// A list of small numbers, in which lists may stand, as one.
  long[] numbers(String key, int count) throws MalformedModelException {
    List<Long> numbers = new ArrayList<>();
    collect(key, config.path(key), numbers);
    if (numbers.size() != count) throw unsupported(key, config.path(key));
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private void collect(String key, JsonNode value, List<Long> numbers)
      throws MalformedModelException {
    if (value.isArray()) {
      for (JsonNode item : value) collect(key, item, numbers);
    } else if (value.isInt() && value.intValue() >= 0 && value.intValue() < 10_000) {
      numbers.add(value.longValue());
    } else {
      throw unsupported(key, config.path(key));
    }
  }

  MalformedModelException unsupported(String key, Object value) {
    return new MalformedModelException(
        "the layer %s (%s) has %s %s, which is not supported".formatted(name, type, key, value));
  }
}
