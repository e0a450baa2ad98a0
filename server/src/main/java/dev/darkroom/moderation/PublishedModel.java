package dev.darkroom.moderation;

import dev.darkroom.onnx.KerasModel;
import dev.darkroom.onnx.MalformedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The model `mobilenet_v2` as the npm package `nsfwjs` ships it. Only the very files that this
/// program was tested with are taken.
///
/// @param folder where they lie
record PublishedModel(Path folder) {

  static final String NAME = "nsfwjs 4.4.0 mobilenet_v2";

  /// The SHA-256 of the ONNX model that they are converted to, which is the same on every machine.
  static final String ONNX_SHA256 =
      "91bc559813d0e34848fc2cefd5fe0fb1a06209f9e3090aa42ed7c0a3d317bf25";

  private static final String GET = "run `npm ci --ignore-scripts` in the folder runtime";

  private static final KnownFile DESCRIPTION =
      new KnownFile(
          "model.min.js",
          106_679,
          "c32f104fd562b08cdff5ed69dfe1209643afa47e792fb12751d2949aa61a397a");
  private static final KnownFile WEIGHTS =
      new KnownFile(
          "group1-shard1of1.min.js",
          3_493_394,
          "ef2e0a63f7d2c4960b37b024b669313f65d3c45cd59e9042636c55b39de53517");

  /// @param runtime the folder in which npm has installed the package
  static PublishedModel in(Path runtime) {
    return new PublishedModel(runtime.resolve("node_modules/nsfwjs/dist/models/mobilenet_v2"));
  }

  /// Why the model cannot be used, as a clause that says what to do; empty where it can.
  Optional<String> problem() {
    if (!Files.isDirectory(folder)) {
      return Optional.of("the npm package nsfwjs is not installed; " + GET);
    }
    try {
      DESCRIPTION.read(folder);
      WEIGHTS.read(folder);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage() + "; " + GET);
    }
  }

  byte[] toOnnx() throws IOException {
    byte[] description = DESCRIPTION.read(folder);
    byte[] weights = WEIGHTS.read(folder);
    try {
      return KerasModel.read(description, weights).toOnnx();
    } catch (MalformedModelException e) {
      throw new IOException(folder + " holds no model that can be converted: " + e.getMessage(), e);
    }
  }
}
