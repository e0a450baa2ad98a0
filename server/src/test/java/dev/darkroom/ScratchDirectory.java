package dev.darkroom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/// A directory for one test's files, deleted when it is closed.
public record ScratchDirectory(Path path) implements AutoCloseable {

  public static ScratchDirectory create() {
    try {
      return new ScratchDirectory(Files.createTempDirectory("darkroom-test-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      FileSystemUtils.deleteRecursively(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
