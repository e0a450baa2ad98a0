package dev.darkroom.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
    name = "captions",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "export|import",
    description = "Writes the captions of a dataset into files, and takes them from there.")
final class CaptionsCommand {

  private CaptionsCommand() {}

  static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new CaptionsCommand())
        .addSubcommand(new CaptionsExportCommand(surroundings))
        .addSubcommand(new CaptionsImportCommand(surroundings));
  }
}
