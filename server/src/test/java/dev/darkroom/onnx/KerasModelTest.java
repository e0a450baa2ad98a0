package dev.darkroom.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KerasModelTest {

  private static byte[] convert(String model) throws MalformedModelException {
    return KerasModel.read(TestBundle.of(model), TestBundle.weights()).toOnnx();
  }

  /// Reckoned by hand for a black picture, where all but the constants falls away.
  @Test
  void writesAModelThatReckonsAsKerasDoes() throws Exception {
    float[] scores = run(convert(TestBundle.MODEL), new float[12]);
    double[] relu = new double[2];
    double[] sum = new double[2];
    for (int i = 0; i < 2; i++) {
      relu[i] = Math.clamp(normalized(0, 24 + i, 1), 0, 6);
      double deep = relu[i] * (at(32 + i) * 0.25 - 2);
      sum[i] = relu[i] + normalized(deep, 34 + i, -3);
    }
    double[] out = new double[2];
    for (int i = 0; i < 2; i++) {
      out[i] = at(46 + i) * 0.25 - 0.5;
      for (int j = 0; j < 2; j++) out[i] += sum[j] * (at(42 + 2 * j + i) * 0.125 - 1);
    }
    double first = 1 / (1 + Math.exp(out[1] - out[0]));
    assertThat((double) scores[0]).isCloseTo(first, within(1e-5));
    assertThat((double) scores[1]).isCloseTo(1 - first, within(1e-5));
  }

  /// The byte at a place of [TestBundle#weights()].
  private static int at(int place) {
    return place * 7 % 16;
  }

  private static double normalized(double x, int gamma, double leastGamma) {
    double factor = (at(gamma) + leastGamma) / Math.sqrt(at(gamma + 6) + 1 + 0.001);
    return (x - at(gamma + 4) * 0.25) * factor + at(gamma + 2) * 0.5;
  }

  private static float[] run(byte[] onnx, float[] pixels) throws OrtException {
    var environment = OrtEnvironment.getEnvironment();
    try (var options = new OrtSession.SessionOptions();
        var session = session(environment, onnx, options);
        var input =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(pixels), new long[] {1, 2, 2, 3});
        var result = session.run(Map.of("pixels", input))) {
      return ((float[][]) result.get("scores").orElseThrow().getValue())[0];
    }
  }

  /// With the weights made numbers, as the server has it; with bytes ONNX Runtime rounds.
  private static OrtSession session(
      OrtEnvironment environment, byte[] onnx, OrtSession.SessionOptions options)
      throws OrtException {
    options.addConfigEntry("session.disable_quant_qdq", "1");
    return environment.createSession(onnx, options);
  }

  @Test
  void writesTheSameBytesEachTime() throws MalformedModelException {
    assertThat(convert(TestBundle.MODEL)).isEqualTo(convert(TestBundle.MODEL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "class_name:\"Model\"      | class_name:\"Sequential\"  | no Keras model",
        "class_name:\"Add\"        | class_name:\"Multiply\"    | a layer is a Multiply",
        "class_name:\"Add\"        | class_name:3               | no class_name",
        "dilation_rate:[1,1]       | dilation_rate:[2,2]        | conv (Conv2D) has dilation_rate [2,2]",
        "activation:\"linear\"     | activation:\"relu\"        | has activation relu",
        "activation:\"softmax\"    | activation:\"tanh\"        | has activation tanh",
        "use_bias:!1               | use_bias:!0                | has use_bias true",
        "use_bias:!0               | use_bias:!1                | has use_bias false",
        "channels_last             | channels_first             | has data_format channels_first",
        "padding:\"same\"          | padding:\"full\"           | has padding full",
        "filters:2                 | filters:3                  | has filters 3",
        "units:2                   | units:3                    | has units 3",
        "kernel_size:[2,2]         | kernel_size:[2,2,2]        | has kernel_size [2,2,2]",
        "strides:[1,1]             | strides:[1,-1]             | has strides [1,-1]",
        "strides:[1,1]             | strides:[1,99999]          | has strides [1,99999]",
        "negative_slope:0          | negative_slope:1           | has negative_slope 1",
        "max_value:6               | max_value:null             | has max_value null",
        "epsilon:.001              | epsilon:\"a\"              | has epsilon",
        "epsilon:.001              | epsilon:-100               | has variance",
        "center:!0                 | center:!1                  | has center false",
        "depth_multiplier:1        | depth_multiplier:2         | has depth_multiplier 2",
        "[null,2,2,3]              | [null,2,2,4]               | has batch_input_shape",
        "dtype:\"float32\"}        | dtype:\"float16\"}         | has dtype float16",
        "[[[\"pad\",0,0,{}]]]      | [[[\"add\",0,0,{}]]]       | add is used before it is there",
        "[[[\"pad\",0,0,{}]]]      | [[[\"pad\",1,0,{}]]]       | names no layer's one output",
        "[[[\"pad\",0,0,{}]]]      | [[[\"pad\",0,0]],[[]]]     | is shared",
        "[[[\"conv\",0,0,{}]]]     | [[[\"pad\",0,0,{}]]]       | has input pad",
        "[[[\"bn\",0,0,{}]]]       | [[[\"conv\",0,0,{}]]]      | conv is used before it is there",
        "output_layers:[[\"out\"   | output_layers:[[\"no\"     | no is used before it is there",
        "output_layers:[[          | output_layers:[[\"a\",0,0],[ | has not one output",
        "paths:[\"shard\"]         | paths:[\"a\",\"b\"]        | do not lie in one file",
        "name:\"bn/beta\"          | name:\"bn/gamma\"          | the weights bn/gamma are there twice",
        "name:\"bn/beta\"          | name:\"bn/beth\"           | there are no weights bn/beta",
        "shape:[2,2,3,2]           | shape:[2,2,3,0]            | conv/kernel have the shape",
        "shape:[2,2,3,2]           | shape:[2,2,3,2,1]          | conv/kernel have the shape",
        "shape:[2,2,3,2]           | shape:[24]                 | no weights conv/kernel with 4 dimensions",
        "shape:[2,2,3,2]           | shape:[65536,65536,65536]  | conv/kernel reach past their end",
        "shape:[1,1,2,1]           | shape:[1,1,1,1]            | and the manifest tells of 47",
        "min:-1,                   | min:-1.0625,               | no byte that stands for zero",
        "min:-1,                   | min:1,                     | no byte that stands for zero",
        "min:-1,                   | min:\"a\",                 | are of no known type",
        "min:1,scale:1,dtype:\"uint8\" | min:1,scale:1,dtype:\"uint16\" | are of no known type"
      })
  void refusesWhatItDoesNotKnow(String good, String bad, String reason) {
    assertThat(TestBundle.MODEL).contains(good);
    var model = TestBundle.MODEL.replaceFirst(quoted(good), quotedReplacement(bad));
    assertThatThrownBy(() -> convert(model))
        .isInstanceOf(MalformedModelException.class)
        .hasMessageContaining(reason);
  }

  private static String quoted(String text) {
    return Pattern.quote(text);
  }

  private static String quotedReplacement(String text) {
    return Matcher.quoteReplacement(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 47, 49})
  void refusesAnotherNumberOfWeights(int count) {
    assertThatThrownBy(
            () -> KerasModel.read(TestBundle.of(TestBundle.MODEL), TestBundle.weights(count)))
        .isInstanceOf(MalformedModelException.class);
  }

  @ParameterizedTest
  @CsvSource({"'\"a*b\"', the weights are no base64", "'{a:1}', the weights are no text"})
  void refusesWeightsThatAreNone(String literal, String reason) {
    assertThatThrownBy(
            () -> KerasModel.read(TestBundle.of(TestBundle.MODEL), TestBundle.of(literal)))
        .isInstanceOf(MalformedModelException.class)
        .hasMessageStartingWith(reason);
  }

  /// A bundle with one byte changed is another model or none; nothing else may come of it.
  @Test
  void meetsEveryFlippedByteWithAModelOrARefusal() {
    byte[] bundle = TestBundle.of(TestBundle.MODEL);
    for (int i = 0; i < bundle.length; i++) {
      byte[] flipped = bundle.clone();
      flipped[i] ^= (byte) (1 + i % 127);
      try {
        assertThat(KerasModel.read(flipped, TestBundle.weights()).toOnnx()).isNotEmpty();
      } catch (MalformedModelException e) {
        assertThat(e).hasMessageNotContaining("\n");
      }
    }
  }
}
