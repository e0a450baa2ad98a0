package dev.darkroom.cli;

import java.nio.file.Path;
import java.util.Map;

/// What a command finds around it: where it writes, how time passes, and the variables of its
/// environment.
record Surroundings(Terminal terminal, Pacing pacing, Map<String, String> environment) {

  Surroundings {
    environment = Map.copyOf(environment);
  }

  static Surroundings ofThisProcess() {
    return new Surroundings(Terminal.ofThisProcess(), Pacing.real(), System.getenv());
  }

  /// The variable's value, or an empty text.
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  Path configFile() {
    return folder("XDG_CONFIG_HOME", ".config").resolve("config");
  }

  /// Where commands remember what they have not finished.
  Path stateFolder() {
    return folder("XDG_STATE_HOME", ".local/state");
  }

  /// As the XDG Base Directory Specification has it, which says that a relative path is no answer.
  private Path folder(String variable, String usual) {
    Path named = Path.of(variable(variable));
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return (named.isAbsolute() ? named : Path.of(home).resolve(usual)).resolve("darkroom");
  }
}
