package dev.darkroom.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The commands that the launcher gives to the server's jar: the client knows their names alone.
final class ServerCommands {

  private static final String[][] COMMANDS = {
    {"serve"},
    {"doctor"},
    {"token", "create", "list", "rotate", "revoke"},
    {"organization", "create", "list", "suspend", "resume", "quota", "purge"},
    {"caption"},
    {"moderate"}
  };

  private ServerCommands() {}

  /// The client's commands and those.
  static CommandLine beside(CommandLine client) {
    for (String[] command : COMMANDS) {
      var line = named(command[0]);
      for (int i = 1; i < command.length; i++) line.addSubcommand(named(command[i]));
      client.addSubcommand(line);
    }
    return client;
  }

  private static CommandLine named(String name) {
    return new CommandLine(CommandSpec.create().name(name).mixinStandardHelpOptions(true));
  }
}
