package dev.darkroom.onnx;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A Keras model of layers with quantized weights, in two browserify bundles.
public final class KerasModel {

  private final List<Layer> layers;
  private final String output;
  private final Weights weights;

  private KerasModel(List<Layer> layers, String output, Weights weights) {
    this.layers = List.copyOf(layers);
    this.output = output;
    this.weights = weights;
  }

  /// Reads a model, and refuses what is none.
  ///
  /// @param description the bundle that exports the layers and the weights' manifest
  /// @param weights the bundle that exports the weights in base64
  public static KerasModel read(byte[] description, byte[] weights) throws MalformedModelException {
    JsonNode model = ModuleBundle.exported(description);
    JsonNode topology = model.path("modelTopology").path("model_config");
    if (!topology.path("class_name").asString("").equals("Model")) {
      throw new MalformedModelException("the bundle exports no Keras model of layers");
    }
    JsonNode manifest = model.path("weightsManifest");
    if (manifest.size() != 1 || manifest.path(0).path("paths").size() != 1) {
      throw new MalformedModelException("the weights do not lie in one file");
    }
    JsonNode base64 = ModuleBundle.exported(weights);
    if (!base64.isString()) throw new MalformedModelException("the weights are no text");
    return new KerasModel(
        layers(topology.path("config")),
        output(topology.path("config")),
        Weights.read(manifest.path(0), base64.stringValue()));
  }

  private static List<Layer> layers(JsonNode config) throws MalformedModelException {
    List<Layer> layers = new ArrayList<>();
    for (JsonNode layer : config.path("layers")) layers.add(Layer.read(layer));
    return layers;
  }

  private static String output(JsonNode config) throws MalformedModelException {
    JsonNode outputs = config.path("output_layers");
    if (outputs.size() != 1) throw new MalformedModelException("the model has not one output");
    return Layer.output(outputs.path(0));
  }

  /// The same model as an ONNX file. Its input, `pixels`, is 1 x height x width x 3, from 0 to 1;
  /// its output, `scores`, one number for each class.
  public byte[] toOnnx() throws MalformedModelException {
    var conversion = new Conversion(weights);
    for (Layer layer : layers) conversion.add(layer);
    return conversion.end(output);
  }
}
