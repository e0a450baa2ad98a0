package dev.darkroom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The repository's documents, as far as tests hold them to the code.
final class Documents {

  private Documents() {}

  /// The folder that holds the README, wherever below it the tests are run.
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("README.md"))) {
      folder = folder.getParent();
      if (folder == null) throw new IllegalStateException("these tests belong into a repository");
    }
    return folder;
  }

  /// Every document at the root and below `docs`.
  static List<Path> all() throws IOException {
    try (Stream<Path> root = Files.list(root());
        Stream<Path> docs = Files.walk(root().resolve("docs"))) {
      return Stream.concat(root, docs).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  static String read(Path document) {
    try {
      return Files.readString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The rows of the tables below a heading, up to the next one of its level or above; each is its
  /// cells.
  static List<List<String>> rows(String document, String heading) {
    String level = heading.substring(0, heading.indexOf(' '));
    return read(root().resolve(document))
        .lines()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.matches("#{1,%d} .*".formatted(level.length())))
        .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
        .map(Documents::cells)
        .toList();
  }

  private static List<String> cells(String row) {
    return Arrays.stream(row.substring(1).split("\\|", -1))
        .map(String::strip)
        .collect(Collectors.toList());
  }
}
