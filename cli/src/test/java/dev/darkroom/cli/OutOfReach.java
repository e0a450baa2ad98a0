package dev.darkroom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder that is there and cannot be looked at by its path, not even by root, to whom no
/// permission is a bar: the path has more bytes than Linux takes. It is made under a short one that
/// is lengthened afterwards, and shortened again at the end so that it can be deleted.
record OutOfReach(Path shortened, Path lengthened) implements AutoCloseable {

  /// PATH_MAX of Linux is 4096, with the byte at the end.
  private static final int LONGEST_PATH = 4095;

  private static final int NAME = 200;

  static OutOfReach in(Path folder, String name) throws IOException {
    Path shortened = folder.resolve("x");
    Path parent = shortened;
    int longer = NAME - 1;
    int left = LONGEST_PATH - longer - parent.toString().length();
    while (left > 2 * NAME) {
      parent = parent.resolve("x".repeat(NAME - 1));
      left -= NAME;
    }
    // The parent itself is still in reach.
    parent = parent.resolve("x".repeat(left / 2)).resolve("x".repeat(left - left / 2 - 3));
    Files.createDirectories(parent.resolve(name));
    return new OutOfReach(shortened, Files.move(shortened, folder.resolve("x".repeat(NAME))));
  }

  @Override
  public void close() throws IOException {
    Files.move(lengthened, shortened);
  }
}
