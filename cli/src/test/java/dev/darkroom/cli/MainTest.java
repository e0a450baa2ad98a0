package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void explainsItsCommandsAndExitCodes() {
    var typed = Typed.inAScript();
    assertThat(typed.run("--help")).isEqualTo(0);
    assertThat(typed.out()).contains("upload", "status", "demo", "Exit codes:", "64");
    for (String command : new String[] {"upload", "status", "demo"}) {
      assertThat(Typed.inAScript().run(command, "--help")).isEqualTo(0);
    }
  }

  @Test
  void tellsItsVersion() {
    var typed = Typed.inAScript();
    assertThat(typed.run("--version")).isEqualTo(0);
    assertThat(typed.out()).startsWith("darkroom ");
  }
}
