package dev.darkroom.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.ScratchDirectory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What a program that others have written says of an archive. Where the machine does not have it,
/// the test is left out.
final class SecondOpinion {

  private SecondOpinion() {}

  /// What the Python program prints that finds the archive's path in `sys.argv[1]`.
  static String python(byte[] archive, String program) {
    return of(archive, "python3", "-c", program);
  }

  /// What a command prints that takes the archive's path last, and succeeds.
  static String of(byte[] archive, String... command) {
    try (var scratch = ScratchDirectory.create()) {
      var file = Files.write(scratch.path().resolve("archive"), archive);
      var words = new ArrayList<>(List.of(command));
      words.add(file.toString());
      assumeTrue(isThere(command[0]), command[0] + " is not here");
      var process = new ProcessBuilder(words).redirectErrorStream(true).start();
      var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(printed).isTrue();
      assertThat(process.exitValue()).as(printed).isZero();
      return printed.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean isThere(String program) {
    return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
