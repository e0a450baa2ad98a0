package dev.darkroom.onnx;

import java.util.List;

/// One operation of an ONNX graph under construction. Field numbers as in [OnnxGraph].
final class OnnxNode {

  private static final int NODE_INPUT = 1;
  private static final int NODE_OUTPUT = 2;
  private static final int NODE_NAME = 3;
  private static final int NODE_OP_TYPE = 4;
  private static final int NODE_ATTRIBUTE = 5;
  private static final int ATTRIBUTE_NAME = 1;
  private static final int ATTRIBUTE_INT = 3;
  private static final int ATTRIBUTE_STRING = 4;
  private static final int ATTRIBUTE_INTS = 8;
  private static final int ATTRIBUTE_TYPE = 20;
  private static final int TYPE_INT = 2;
  private static final int TYPE_STRING = 3;
  private static final int TYPE_INTS = 7;

  private final String output;
  private final ProtobufMessage message = new ProtobufMessage();

  /// @param output the name of the node and of what it gives
  OnnxNode(String operator, String output, List<String> inputs) {
    this.output = output;
    inputs.forEach(input -> message.put(NODE_INPUT, input));
    message.put(NODE_OUTPUT, output).put(NODE_NAME, output).put(NODE_OP_TYPE, operator);
  }

  OnnxNode with(String attribute, long value) {
    return with(attribute(attribute, TYPE_INT).put(ATTRIBUTE_INT, value));
  }

  OnnxNode with(String attribute, String value) {
    return with(attribute(attribute, TYPE_STRING).put(ATTRIBUTE_STRING, value));
  }

  OnnxNode with(String attribute, long[] values) {
    var list = attribute(attribute, TYPE_INTS);
    for (long value : values) list.put(ATTRIBUTE_INTS, value);
    return with(list);
  }

  private static ProtobufMessage attribute(String name, int type) {
    return new ProtobufMessage().put(ATTRIBUTE_NAME, name).put(ATTRIBUTE_TYPE, type);
  }

  private OnnxNode with(ProtobufMessage attribute) {
    message.put(NODE_ATTRIBUTE, attribute);
    return this;
  }

  String output() {
    return output;
  }

  ProtobufMessage message() {
    return message;
  }
}
