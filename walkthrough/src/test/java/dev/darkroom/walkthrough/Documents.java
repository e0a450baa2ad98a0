package dev.darkroom.walkthrough;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The repository's documents, by their paths below its root.
final class Documents {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Documents() {}

  static Path root() {
    return ROOT;
  }

  /// Every document at the root and below `docs`.
  static List<String> all() throws IOException {
    try (Stream<Path> root = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(root, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .map(file -> ROOT.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  static List<String> lines(String document) throws IOException {
    return Files.readAllLines(ROOT.resolve(document));
  }
}
