package dev.darkroom.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Runs short programs to their end. They see none of our environment, which holds secrets.
final class Program {

  /// How a program ended, with what it said on both of its outputs.
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }

    /// The last line with text in it.
    String lastLine() {
      return output.lines().filter(line -> !line.isBlank()).reduce((_, last) -> last).orElse("");
    }
  }

  private Program() {}

  /// A process of `command`, not started yet, with nothing of our environment but the path.
  static ProcessBuilder prepare(List<String> command, Path directory) {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    String path = System.getenv("PATH");
    builder.environment().put("PATH", path == null ? "/usr/local/bin:/usr/bin:/bin" : path);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    return builder;
  }

  /// Runs `command` to its end; a program that is not there is exit code 127, as in a shell.
  static Outcome run(List<String> command, Path directory) {
    Process process;
    try {
      process = prepare(command, directory).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    }
    try (InputStream output = process.getInputStream()) {
      process.getOutputStream().close();
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command.getFirst() + " ran", e);
    }
  }
}
