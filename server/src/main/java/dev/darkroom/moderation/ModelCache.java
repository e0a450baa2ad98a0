package dev.darkroom.moderation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The converted model, kept in the data directory so that it is converted once. Its name is its
/// checksum, and what has another is made anew. Safe for use by many nodes on one directory.
///
/// @param data is not made where it is not there; the model is then converted each time
record ModelCache(PublishedModel published, Path data) {

  private static final Logger log = LoggerFactory.getLogger(ModelCache.class);

  /// The ONNX model.
  byte[] read() throws IOException {
    Path file = file();
    if (Files.isRegularFile(file)) {
      byte[] kept = Files.readAllBytes(file);
      if (KnownFile.sha256(kept).equals(PublishedModel.ONNX_SHA256)) return kept;
      log.warn("{} is damaged, and made anew", file);
    }
    byte[] model = published.toOnnx();
    if (Files.isDirectory(data)) keep(model, file);
    return model;
  }

  Path file() {
    return data.resolve("models").resolve(PublishedModel.ONNX_SHA256 + ".onnx");
  }

  /// Whoever reads finds the whole file or none. One that cannot be kept is no reason not to use
  /// it.
  private static void keep(byte[] model, Path file) {
    try {
      Path folder = Files.createDirectories(file.getParent());
      Path whole = Files.createTempFile(folder, "model", ".tmp");
      try {
        Files.write(whole, model);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(whole);
      }
    } catch (IOException e) {
      log.warn("the converted model cannot be kept as {}: {}", file, e.toString());
    }
  }
}
