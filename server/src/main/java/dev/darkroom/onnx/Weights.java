package dev.darkroom.onnx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The weights of a model, each of a byte, by name: one after another in one file, in the order of
/// the manifest.
final class Weights {

  private static final int MAX_RANK = 4;

  private final Map<String, QuantizedTensor> tensors;

  private Weights(Map<String, QuantizedTensor> tensors) {
    this.tensors = tensors;
  }

  /// @param manifest the one group of weights, which lie in one file
  /// @param base64 that file
  static Weights read(JsonNode manifest, String base64) throws MalformedModelException {
    byte[] bytes = decode(base64);
    Map<String, QuantizedTensor> tensors = new HashMap<>();
    int offset = 0;
    for (JsonNode entry : manifest.path("weights")) {
      String name = entry.path("name").asString("");
      int[] shape = shape(name, entry.path("shape"));
      int end = offset + size(name, shape, bytes.length - offset);
      var tensor = tensor(name, shape, entry, Arrays.copyOfRange(bytes, offset, end));
      if (tensors.put(name, tensor) != null) {
        throw new MalformedModelException("the weights %s are there twice".formatted(name));
      }
      offset = end;
    }
    if (offset != bytes.length) {
      throw new MalformedModelException(
          "the weights have %d bytes, and the manifest tells of %d"
              .formatted(bytes.length, offset));
    }
    return new Weights(tensors);
  }

  private static byte[] decode(String base64) throws MalformedModelException {
    try {
      return Base64.getDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new MalformedModelException("the weights are no base64: " + e.getMessage(), e);
    }
  }

  private static int[] shape(String name, JsonNode json) throws MalformedModelException {
    List<Integer> shape = new ArrayList<>();
    for (JsonNode dimension : json) {
      if (!dimension.isInt() || dimension.intValue() < 1) throw wrongShape(name, json);
      shape.add(dimension.intValue());
    }
    if (shape.isEmpty() || shape.size() > MAX_RANK) throw wrongShape(name, json);
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }

  private static MalformedModelException wrongShape(String name, JsonNode json) {
    return new MalformedModelException("the weights %s have the shape %s".formatted(name, json));
  }

  private static int size(String name, int[] shape, int left) throws MalformedModelException {
    long size = 1;
    for (int dimension : shape) {
      size *= dimension;
      if (size > left) {
        throw new MalformedModelException("the weights %s reach past their end".formatted(name));
      }
    }
    return (int) size;
  }

  private static QuantizedTensor tensor(String name, int[] shape, JsonNode entry, byte[] values)
      throws MalformedModelException {
    JsonNode quantization = entry.path("quantization");
    double min = quantization.path("min").asDouble(Double.NaN);
    double scale = quantization.path("scale").asDouble(Double.NaN);
    boolean known =
        entry.path("dtype").asString("").equals("float32")
            && quantization.path("dtype").asString("").equals("uint8");
    if (!known || !Double.isFinite(min) || !Double.isFinite(scale)) {
      throw new MalformedModelException("the weights %s are of no known type".formatted(name));
    }
    return new QuantizedTensor(name, shape, min, scale, values);
  }

  /// The tensor of this name, which must have `rank` dimensions.
  QuantizedTensor get(String name, int rank) throws MalformedModelException {
    QuantizedTensor tensor = tensors.get(name);
    if (tensor == null || tensor.shape().length != rank) {
      throw new MalformedModelException(
          "there are no weights %s with %d dimensions".formatted(name, rank));
    }
    return tensor;
  }

  /// The vector of this name, one number for each channel.
  float[] vector(String name, int length) throws MalformedModelException {
    QuantizedTensor tensor = get(name, 1);
    if (tensor.shape()[0] != length) {
      throw new MalformedModelException(
          "the weights %s are %d, and not %d".formatted(name, tensor.shape()[0], length));
    }
    return tensor.floats();
  }
}
