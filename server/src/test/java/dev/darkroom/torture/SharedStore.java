package dev.darkroom.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The object store that all nodes share: a directory.
record SharedStore(Path directory) implements AutoCloseable {

  /// What a node is to be told.
  Map<String, String> properties() {
    return Map.of("darkroom.store", directory.toString());
  }

  /// The length of every object, by its key.
  Map<String, Long> objects() {
    try (Stream<Path> files = Files.walk(directory)) {
      Map<String, Long> objects = new TreeMap<>();
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String key = directory.relativize(file).toString();
        if (!key.startsWith(".")) objects.put(key, Files.size(file));
      }
      return objects;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}
}
