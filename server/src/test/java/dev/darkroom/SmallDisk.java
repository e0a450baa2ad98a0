package dev.darkroom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A file system of a few megabytes in memory, for what happens on a full disk.
public record SmallDisk(Path path) implements AutoCloseable {

  /// None where this machine lets nobody mount one.
  public static Optional<SmallDisk> mount(Path under, int megabytes) {
    try {
      Path path = Files.createDirectory(under.resolve("disk"));
      var size = "size=%dm".formatted(megabytes);
      boolean mounted = run("mount", "-t", "tmpfs", "-o", size, "none", path.toString());
      return mounted ? Optional.of(new SmallDisk(path)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes all the room that is left, and gives the file that has it.
  public Path fill() throws IOException {
    Path filler = path.resolve("filler");
    try (var file = Files.newOutputStream(filler)) {
      while (true) file.write(new byte[4096]);
    } catch (IOException full) {
      if (Files.getFileStore(path).getUsableSpace() > 0) throw full;
      return filler;
    }
  }

  @Override
  public void close() {
    run("umount", "--lazy", path.toString());
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(List.of(command)).start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
