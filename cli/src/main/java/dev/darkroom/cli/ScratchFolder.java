package dev.darkroom.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A new folder that goes away with everything in it.
record ScratchFolder(Path path) implements AutoCloseable {

  static ScratchFolder create() throws IOException {
    return new ScratchFolder(Files.createTempDirectory("darkroom-demo-"));
  }

  /// Links are removed, never followed.
  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) return;
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) throw failure;
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
