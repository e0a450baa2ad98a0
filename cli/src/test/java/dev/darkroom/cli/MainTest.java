package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The client as a real process, set up by its environment.
class MainTest {

  @TempDir Path home;

  @Test
  void takesServerAndTokenFromTheEnvironment() throws Exception {
    try (var server = FakeDarkroom.start(Statuses.answers(Statuses.completed()));
        var command =
            CommandProcess.start(
                home,
                Map.of("DARKROOM_URL", server.url(), "DARKROOM_TOKEN", FakeDarkroom.TOKEN),
                "status",
                "12",
                "--json")) {
      assertThat(command.rest()).isEqualTo(JsonWriter.string(Statuses.completed()) + "\n");
      assertThat(command.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void asksForATokenWhenThereIsNone() throws Exception {
    try (var command = CommandProcess.start(home, Map.of(), "status", "12")) {
      assertThat(command.rest()).contains("No API token: set DARKROOM_TOKEN");
      assertThat(command.exitCode()).isEqualTo(64);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status 12", "status 12 --json", "datasets", "report 12 --csv", "cancel 12"})
  void endsWithOneWhereTheResultCannotBeWritten(String line) {
    try (var server = FakeDarkroom.start(Statuses.answers(Statuses.allGood(1)))) {
      var typed = Typed.inAScript().intoAFullDisk();
      assertThat(typed.runAt(server, line.split(" ", -1))).isEqualTo(1);
      assertThat(typed.err())
          .isEqualTo("darkroom: The result could not be written to standard output.\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"completion bash", "--help", "--version"})
  void endsWithOneWhereWhatItPrintsByItselfCannotBeWritten(String line) {
    var typed = Typed.inAScript().intoAFullDisk();
    assertThat(typed.run(line.split(" ", -1))).isEqualTo(1);
    assertThat(typed.err()).contains("could not be written");
  }

  @Test
  void explainsItsCommandsAndExitCodes() {
    var typed = Typed.inAScript();
    assertThat(typed.run("--help")).isEqualTo(0);
    assertThat(typed.out()).contains("upload", "status", "demo", "Exit codes:", "64");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upload",
        "status",
        "report",
        "cancel",
        "datasets",
        "projects",
        "images",
        "captions export",
        "captions import",
        "regenerate",
        "download",
        "demo",
        "completion"
      })
  void showsAnExampleOfEachCommand(String command) {
    var typed = Typed.inAScript();
    assertThat(typed.run((command + " --help").split(" "))).isEqualTo(0);
    assertThat(typed.out())
        .containsPattern("Examples?:\\R +(source <\\()?darkroom " + command)
        .doesNotContain("\u001b");
  }

  @Test
  void asksForTheCommandThatIsMissing() {
    var typed = Typed.inAScript();
    assertThat(typed.run("captions")).isEqualTo(64);
    assertThat(typed.err()).contains("Missing required subcommand").hasLineCount(2);
  }

  @Test
  void tellsItsVersion() {
    var typed = Typed.inAScript();
    assertThat(typed.run("--version")).isEqualTo(0);
    assertThat(typed.out()).startsWith("darkroom ");
  }
}
