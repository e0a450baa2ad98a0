package dev.darkroom.onnx;

/// Weights in a byte each: a number is `byte * scale + min`, the byte taken as 0 to 255.
///
/// The arrays are not copied, and never written to.
@SuppressWarnings("ArrayRecordComponent")
record QuantizedTensor(String name, int[] shape, double min, double scale, byte[] values) {

  /// How far, in steps, zero may lie beside a whole step. What the publisher's tool wrote is exact
  /// but for rounding.
  private static final double WHOLE = 1e-4;

  /// The byte that stands for zero; the numbers are then `(byte - zero) * scale`, which is how ONNX
  /// has it.
  int zeroPoint() throws MalformedModelException {
    double zero = -min / scale;
    long whole = Math.round(zero);
    if (!(Math.abs(zero - whole) <= WHOLE) || whole < 0 || whole > 255) {
      throw new MalformedModelException(
          "the weights %s have no byte that stands for zero".formatted(name));
    }
    return (int) whole;
  }

  float[] floats() {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) ((values[i] & 0xFF) * scale + min);
    }
    return floats;
  }

  /// The bytes of a convolution's kernel, height x width x input x output, in the order of ONNX:
  /// output x input x height x width.
  byte[] outputFirst() {
    int area = shape[0] * shape[1];
    int inputs = shape[2];
    int outputs = shape[3];
    byte[] moved = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      int output = i % outputs;
      int input = i / outputs % inputs;
      int place = i / outputs / inputs;
      moved[(output * inputs + input) * area + place] = values[i];
    }
    return moved;
  }
}
