package dev.darkroom.moderation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;

/// The model in the memory of ONNX Runtime, outside the heap. Safe for use by many threads at once;
/// nobody may use it while it is closed or afterwards, which would end the whole process.
final class ModelSession implements AutoCloseable {

  private static final String INPUT = "pixels";
  private static final long[] SHAPE = {1, ModelPixels.SIDE, ModelPixels.SIDE, ModelPixels.CHANNELS};

  private final OrtEnvironment environment;
  private final OrtSession session;

  private ModelSession(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  /// @throws IOException where the native library or the model cannot be loaded
  static ModelSession open(byte[] onnx) throws IOException {
    try {
      var environment = NativeRuntime.environment();
      try (var options = options()) {
        return new ModelSession(environment, environment.createSession(onnx, options));
      }
    } catch (OrtException | LinkageError e) {
      throw new IOException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  /// One thread for a picture, the caller's: many pictures are judged at once.
  private static OrtSession.SessionOptions options() throws OrtException {
    var options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    // Has the weights made numbers once. Otherwise it also reckons in bytes, and scores differ in
    // the third digit.
    options.addConfigEntry("session.disable_quant_qdq", "1");
    return options;
  }

  /// The scores of the classes, in the model's order.
  float[] scores(float[] pixels) throws IOException {
    try (var input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), SHAPE);
        var result = session.run(Map.of(INPUT, input))) {
      return ((float[][]) result.get(0).getValue())[0];
    } catch (OrtException e) {
      throw new IOException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e); // only of a session that is closed already
    }
  }
}
