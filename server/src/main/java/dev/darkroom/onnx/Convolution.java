package dev.darkroom.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A convolution without bias, full or of each channel by itself (depthwise).
///
/// @param kernel height x width x input x output; height x width x channel x 1 where it is
///   depthwise
record Convolution(Layer layer, QuantizedTensor kernel, boolean depthwise) {

  /// How the edges are met: not at all, or with zeros of which one more goes to the end.
  private static final Set<String> PADDING = Set.of("valid", "same");

  static Convolution read(Layer layer, Weights weights) throws MalformedModelException {
    layer.require("data_format", "channels_last");
    layer.require("dilation_rate", 1, 1);
    layer.require("activation", "linear");
    layer.require("use_bias", false);
    boolean depthwise = layer.type().equals("DepthwiseConv2D");
    if (depthwise) layer.require("depth_multiplier", 1);
    String name = layer.name() + (depthwise ? "/depthwise_kernel" : "/kernel");
    QuantizedTensor kernel = weights.get(name, 4);
    layer.require("kernel_size", kernel.shape()[0], kernel.shape()[1]);
    if (depthwise && kernel.shape()[3] != 1) throw layer.unsupported("kernel", kernel.shape()[3]);
    if (!depthwise) layer.require("filters", kernel.shape()[3]);
    return new Convolution(layer, kernel, depthwise);
  }

  /// How many channels come out.
  int outputs() {
    return kernel.shape()[depthwise ? 2 : 3];
  }

  /// Adds the convolution with the normalization behind it, and gives the name of its output back.
  String write(OnnxGraph graph, String input, Normalization normalization)
      throws MalformedModelException {
    boolean valid = layer.oneOf("padding", PADDING).equals("valid");
    String bias = graph.floats(layer.name() + "/bias", normalization.offsets());
    var node =
        new OnnxNode(
                "Conv", normalization.layer(), List.of(input, kernel(graph, normalization), bias))
            .with("kernel_shape", new long[] {kernel.shape()[0], kernel.shape()[1]})
            .with("strides", layer.numbers("strides", 2))
            .with("auto_pad", valid ? "VALID" : "SAME_UPPER");
    return graph.node(depthwise ? node.with("group", outputs()) : node);
  }

  private String kernel(OnnxGraph graph, Normalization normalization)
      throws MalformedModelException {
    byte[] zeros = new byte[outputs()];
    Arrays.fill(zeros, (byte) kernel.zeroPoint());
    float[] scales = new float[outputs()];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = (float) (kernel.scale() * normalization.factors()[i]);
    }
    String bytes = bytes(graph);
    String scale = graph.floats(kernel.name() + "/scale", scales);
    String zero = graph.bytes(kernel.name() + "/zero", zeros, zeros.length);
    var number = new OnnxNode("DequantizeLinear", kernel.name(), List.of(bytes, scale, zero));
    return graph.node(number.with("axis", 0));
  }

  private String bytes(OnnxGraph graph) {
    int height = kernel.shape()[0];
    int width = kernel.shape()[1];
    int inputs = depthwise ? 1 : kernel.shape()[2];
    // A depthwise kernel's channels are its outputs, and each has one input.
    var turned =
        new QuantizedTensor(
            kernel.name(),
            new int[] {height, width, inputs, outputs()},
            kernel.min(),
            kernel.scale(),
            kernel.values());
    return graph.bytes(
        kernel.name() + "/bytes", turned.outputFirst(), outputs(), inputs, height, width);
  }
}
