package dev.darkroom.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// An ONNX model under construction, in the wire format of the messages of `onnx.proto3`: their
/// fields have the numbers that stand here, named for message and field.
final class OnnxGraph {

  private static final int MODEL_IR_VERSION = 1;
  private static final int MODEL_PRODUCER_NAME = 2;
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_OPSET_IMPORT = 8;
  private static final int OPSET_VERSION = 2;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_NAME = 2;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;
  private static final int TENSOR_DIMS = 1;
  private static final int TENSOR_DATA_TYPE = 2;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_RAW_DATA = 9;
  private static final int VALUE_NAME = 1;
  private static final int VALUE_TYPE = 2;
  private static final int TYPE_TENSOR = 1;
  private static final int TENSOR_TYPE_ELEMENT = 1;
  private static final int TENSOR_TYPE_SHAPE = 2;
  private static final int SHAPE_DIMENSION = 1;
  private static final int DIMENSION_VALUE = 1;

  private static final int FLOAT = 1;
  private static final int UINT8 = 2;
  private static final int INT64 = 7;

  /// The version of the format that came with [#OPSET], so that older runtimes read it as well.
  private static final int IR_VERSION = 7;

  /// The first set of operators whose DequantizeLinear takes a scale for each channel.
  private static final int OPSET = 13;

  private final ProtobufMessage graph = new ProtobufMessage();

  OnnxGraph(String name) {
    graph.put(GRAPH_NAME, name);
  }

  void input(String name, long... shape) {
    graph.put(GRAPH_INPUT, value(name, shape));
  }

  void output(String name, long... shape) {
    graph.put(GRAPH_OUTPUT, value(name, shape));
  }

  private static ProtobufMessage value(String name, long[] dimensions) {
    var shape = new ProtobufMessage();
    for (long dimension : dimensions) {
      shape.put(SHAPE_DIMENSION, new ProtobufMessage().put(DIMENSION_VALUE, dimension));
    }
    var tensor =
        new ProtobufMessage().put(TENSOR_TYPE_ELEMENT, FLOAT).put(TENSOR_TYPE_SHAPE, shape);
    return new ProtobufMessage()
        .put(VALUE_NAME, name)
        .put(VALUE_TYPE, new ProtobufMessage().put(TYPE_TENSOR, tensor));
  }

  /// Adds constants, and gives their name back.
  String floats(String name, float... values) {
    var data = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return initializer(name, FLOAT, data.array(), values.length);
  }

  String scalar(String name, float value) {
    var data = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
    return initializer(name, FLOAT, data.array());
  }

  String longs(String name, long... values) {
    var data = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asLongBuffer().put(values);
    return initializer(name, INT64, data.array(), values.length);
  }

  String bytes(String name, byte[] values, long... shape) {
    return initializer(name, UINT8, values, shape);
  }

  private String initializer(String name, int type, byte[] data, long... shape) {
    var tensor = new ProtobufMessage();
    for (long dimension : shape) tensor.put(TENSOR_DIMS, dimension);
    tensor.put(TENSOR_DATA_TYPE, type).put(TENSOR_NAME, name).put(TENSOR_RAW_DATA, data);
    graph.put(GRAPH_INITIALIZER, tensor);
    return name;
  }

  /// Adds an operation, and gives the name of its output back.
  String node(OnnxNode node) {
    graph.put(GRAPH_NODE, node.message());
    return node.output();
  }

  String node(String operator, String output, List<String> inputs) {
    return node(new OnnxNode(operator, output, inputs));
  }

  byte[] toModel() {
    var opset = new ProtobufMessage().put(OPSET_VERSION, OPSET);
    return new ProtobufMessage()
        .put(MODEL_IR_VERSION, IR_VERSION)
        .put(MODEL_PRODUCER_NAME, "darkroom")
        .put(MODEL_GRAPH, graph)
        .put(MODEL_OPSET_IMPORT, opset)
        .toBytes();
  }
}
