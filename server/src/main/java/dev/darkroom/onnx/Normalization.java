package dev.darkroom.onnx;

/// A batch normalization: what each channel is multiplied by, and what is added to it then.
///
/// The arrays are not copied, and never written to.
@SuppressWarnings("ArrayRecordComponent")
record Normalization(String layer, double[] factors, float[] offsets) {

  /// `gamma * (x - mean) / sqrt(variance + epsilon) + beta`, sorted by x.
  static Normalization read(Layer layer, Weights weights, int channels)
      throws MalformedModelException {
    layer.require("center", true);
    layer.require("scale", true);
    double epsilon = layer.number("epsilon");
    float[] gamma = weights.vector(layer.name() + "/gamma", channels);
    float[] beta = weights.vector(layer.name() + "/beta", channels);
    float[] mean = weights.vector(layer.name() + "/moving_mean", channels);
    float[] variance = weights.vector(layer.name() + "/moving_variance", channels);
    double[] factors = new double[channels];
    float[] offsets = new float[channels];
    for (int i = 0; i < channels; i++) {
      factors[i] = gamma[i] / Math.sqrt(variance[i] + epsilon);
      offsets[i] = (float) (beta[i] - mean[i] * factors[i]);
      if (!Double.isFinite(factors[i])) throw layer.unsupported("variance", variance[i]);
    }
    return new Normalization(layer.name(), factors, offsets);
  }
}
