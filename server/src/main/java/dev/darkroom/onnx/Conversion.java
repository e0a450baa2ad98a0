package dev.darkroom.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Converts the layers of a model one by one, in their order.
///
/// Weights stay bytes, and become numbers in the graph by `(byte - zero) * scale`. A convolution
/// and the batch normalization behind it become one: the normalization multiplies each channel and
/// adds to it, so that the factors go into the channels' scales. Keras lays tensors out as batch x
/// height x width x channels, ONNX as batch x channels x height x width.
final class Conversion {

  private static final long[] CHANNELS_SECOND = {0, 3, 1, 2};
  private static final long[] CHANNELS_LAST = {0, 2, 3, 1};

  private final Weights weights;
  private final OnnxGraph graph = new OnnxGraph("keras");

  /// What holds each layer's output.
  private final Map<String, String> outputs = new HashMap<>();

  /// The convolutions whose normalization has yet to come.
  private final Map<String, Convolution> pending = new HashMap<>();

  private int classes;

  Conversion(Weights weights) {
    this.weights = weights;
  }

  void add(Layer layer) throws MalformedModelException {
    switch (layer.type()) {
      case "InputLayer" -> outputs.put(layer.name(), input(layer));
      case "ZeroPadding2D" -> outputs.put(layer.name(), padding(layer));
      case "Conv2D", "DepthwiseConv2D" ->
          pending.put(layer.name(), Convolution.read(layer, weights));
      case "BatchNormalization" -> outputs.put(layer.name(), normalized(layer));
      case "ReLU" -> outputs.put(layer.name(), relu(layer));
      case "Add" -> outputs.put(layer.name(), sum(layer));
      case "AveragePooling2D" -> outputs.put(layer.name(), pooling(layer));
      case "Flatten" -> outputs.put(layer.name(), flat(layer));
      case "Dense" -> outputs.put(layer.name(), dense(layer));
      case "Dropout" -> outputs.put(layer.name(), output(layer.input())); // in training only
      default -> throw new MalformedModelException("a layer is a " + layer.type());
    }
  }

  /// The graph whose output is that of the named layer, which must be dense.
  byte[] end(String layer) throws MalformedModelException {
    graph.node("Identity", "scores", List.of(output(layer)));
    graph.output("scores", 1, classes);
    return graph.toModel();
  }

  private String output(String layer) throws MalformedModelException {
    String output = outputs.get(layer);
    if (output == null) {
      throw new MalformedModelException(
          "%s is used before it is there, or is a convolution without normalization"
              .formatted(layer));
    }
    return output;
  }

  private String input(Layer layer) throws MalformedModelException {
    layer.require("dtype", "float32");
    var shape = layer.config().path("batch_input_shape");
    if (shape.size() != 4 || !shape.path(0).isNull() || shape.path(3).asInt(0) != 3) {
      throw layer.unsupported("batch_input_shape", shape);
    }
    graph.input("pixels", 1, shape.path(1).asInt(0), shape.path(2).asInt(0), 3);
    var moved = new OnnxNode("Transpose", layer.name(), List.of("pixels"));
    return graph.node(moved.with("perm", CHANNELS_SECOND));
  }

  private String padding(Layer layer) throws MalformedModelException {
    layer.require("data_format", "channels_last");
    long[] edges = layer.numbers("padding", 4); // top, bottom, left, right
    String pads =
        graph.longs(layer.name() + "/pads", 0, 0, edges[0], edges[2], 0, 0, edges[1], edges[3]);
    return graph.node("Pad", layer.name(), List.of(output(layer.input()), pads));
  }

  private String normalized(Layer layer) throws MalformedModelException {
    Convolution convolution = pending.remove(layer.input());
    if (convolution == null) throw layer.unsupported("input", layer.input());
    var normalization = Normalization.read(layer, weights, convolution.outputs());
    String pixels = output(convolution.layer().input());
    return convolution.write(graph, pixels, normalization);
  }

  private String relu(Layer layer) throws MalformedModelException {
    layer.require("negative_slope", 0);
    layer.require("threshold", 0);
    String least = graph.scalar(layer.name() + "/min", 0);
    String most = graph.scalar(layer.name() + "/max", (float) layer.number("max_value"));
    return graph.node("Clip", layer.name(), List.of(output(layer.input()), least, most));
  }

  private String sum(Layer layer) throws MalformedModelException {
    if (layer.inputs().size() != 2) throw layer.unsupported("inputs", layer.inputs());
    String first = output(layer.inputs().getFirst());
    return graph.node("Add", layer.name(), List.of(first, output(layer.inputs().getLast())));
  }

  private String pooling(Layer layer) throws MalformedModelException {
    layer.require("data_format", "channels_last");
    layer.require("padding", "valid");
    var pooling = new OnnxNode("AveragePool", layer.name(), List.of(output(layer.input())));
    return graph.node(
        pooling
            .with("kernel_shape", layer.numbers("pool_size", 2))
            .with("strides", layer.numbers("strides", 2)));
  }

  private String flat(Layer layer) throws MalformedModelException {
    layer.require("data_format", "channels_last");
    String moved = layer.name() + "/channels-last";
    var transpose = new OnnxNode("Transpose", moved, List.of(output(layer.input())));
    graph.node(transpose.with("perm", CHANNELS_LAST));
    return graph.node("Flatten", layer.name(), List.of(moved));
  }

  private String dense(Layer layer) throws MalformedModelException {
    layer.require("use_bias", true);
    QuantizedTensor kernel = weights.get(layer.name() + "/kernel", 2);
    int inputs = kernel.shape()[0];
    classes = kernel.shape()[1];
    layer.require("units", classes);
    var bytes = graph.bytes(kernel.name() + "/bytes", kernel.values(), inputs, classes);
    var scale = graph.scalar(kernel.name() + "/scale", (float) kernel.scale());
    var zero = graph.bytes(kernel.name() + "/zero", new byte[] {(byte) kernel.zeroPoint()});
    graph.node("DequantizeLinear", kernel.name(), List.of(bytes, scale, zero));
    String bias = layer.name() + "/bias";
    graph.floats(bias, weights.vector(bias, classes));
    String product = layer.name() + "/product";
    graph.node("Gemm", product, List.of(output(layer.input()), kernel.name(), bias));
    return activated(layer, product);
  }

  private String activated(Layer layer, String product) throws MalformedModelException {
    return switch (layer.oneOf("activation", Set.of("relu", "softmax"))) {
      case "relu" -> graph.node("Relu", layer.name(), List.of(product));
      default -> graph.node("Softmax", layer.name(), List.of(product));
    };
  }
}
