package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServerProcessTest {

  private static final Pattern SERVER =
      Pattern.compile("run_server\\(\\) \\{.*?/bin/java\" (.*?)\\$\\{", Pattern.DOTALL);

  @Test
  void startsAServerWithTheOptionsOfTheLauncherAndThenThoseOfTheUser() throws IOException {
    var run = SERVER.matcher(Files.readString(Path.of("..", "darkroom")));
    assertThat(run.find()).isTrue();
    List<String> options = List.of(run.group(1).replace("\\", " ").strip().split("\\s+"));
    var launch =
        new ServerProcess.Launch(Path.of("/home"), 8080, Path.of("/data"), List.of(9000, 9001));
    assertThat(options).hasSizeGreaterThan(1).allMatch(option -> option.startsWith("-"));
    assertThat(launch.command("-Xmx1g"))
        .containsSubsequence(options)
        .containsSubsequence(options.getLast(), "-Xmx1g", "-jar");
  }
}
