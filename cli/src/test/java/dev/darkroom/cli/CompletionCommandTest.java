package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {

  /// The commands that the launcher takes.
  private static final Pattern COMMANDS =
      Pattern.compile("(?s)case \\$command in\n  (serve .*?)\\) ;;");

  @TempDir Path folder;

  private static String script() {
    var typed = Typed.inAScript();
    assertThat(typed.run("completion", "bash")).isEqualTo(0);
    return typed.out();
  }

  /// What the shell offers for the words, by the script that it would read.
  private List<String> offered(String... words) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("completion"), script());
    String line =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_darkroom; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, String.join(" ", words), words.length - 1);
    var bash = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    var lines = bash.inputReader().lines().map(String::strip).toList();
    assertThat(bash.waitFor()).as(lines.toString()).isZero();
    return lines;
  }

  @Test
  void offersEveryCommandOfTheLauncher() throws Exception {
    var launcher = COMMANDS.matcher(Files.readString(Path.of("..", "darkroom")));
    assertThat(launcher.find()).isTrue();
    List<String> commands =
        List.of(launcher.group(1).replace("\\", " ").split("[ |\n]+")).stream()
            .filter(command -> !command.startsWith("-"))
            .toList();
    assertThat(commands).contains("upload", "doctor", "token");
    assertThat(offered("darkroom", "''")).containsAll(commands);
  }

  @Test
  void offersOptionsAndTheirValues() throws Exception {
    assertThat(offered("darkroom", "upload", "--p")).contains("--preflight");
    assertThat(offered("darkroom", "download", "--format", "''")).contains("kohya", "webdataset");
    assertThat(offered("darkroom", "token", "''")).contains("create", "revoke");
  }

  @Test
  void takesTheSameForBothShells() {
    var zsh = Typed.inAScript();
    assertThat(zsh.run("completion", "zsh")).isEqualTo(0);
    assertThat(zsh.out()).isEqualTo(script()).contains("bashcompinit");
    assertThat(Typed.inAScript().run("completion", "fish")).isEqualTo(64);
  }
}
