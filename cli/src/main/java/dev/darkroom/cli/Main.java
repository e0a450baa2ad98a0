package dev.darkroom.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/// The command line client: upload, status and the demo.
@Command(
    name = "darkroom",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Turns a ZIP of images into a checked dataset, on a Darkroom server.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:the upload failed, or the command did",
      "2:the upload is through, but some images or captions failed",
      "64:the command line makes no sense"
    })
public final class Main {

  /// As the jar's manifest says it.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"darkroom " + (version == null ? "(not packaged)" : version)};
    }
  }

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(Terminal.ofThisProcess(), Pacing.real(), arguments));
  }

  static int run(Terminal terminal, Pacing pacing, String... arguments) {
    Path home = Path.of(System.getProperty("darkroom.home", ""));
    var darkroom =
        new CommandLine(new Main())
            .addSubcommand(new UploadCommand(terminal, pacing))
            .addSubcommand(new StatusCommand(terminal, pacing))
            .addSubcommand(new DemoCommand(terminal, pacing, home.toAbsolutePath()));
    darkroom.getCommandSpec().exitCodeOnInvalidInput(Exit.USAGE);
    darkroom
        .getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().exitCodeOnInvalidInput(Exit.USAGE));
    return darkroom
        .setOut(writer(terminal.out()))
        .setErr(writer(terminal.err()))
        .setParameterExceptionHandler((failure, _) -> misused(terminal, failure))
        .setExecutionExceptionHandler((failure, _, _) -> failed(terminal, failure))
        .execute(arguments);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  private static int misused(Terminal terminal, ParameterException failure) {
    terminal.err().println("darkroom: " + Printable.of(String.valueOf(failure.getMessage())));
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    terminal.err().println("See: ./%s --help".formatted(command));
    return Exit.USAGE;
  }

  /// Expected failures in two lines; a bug with its stack trace, thrown on to picocli.
  private static int failed(Terminal terminal, Exception failure) throws Exception {
    switch (failure) {
      case CommandFailure expected -> {
        terminal.err().println("darkroom: " + Printable.of(String.valueOf(expected.getMessage())));
        if (!expected.details().isEmpty()) terminal.err().println("  " + expected.details());
      }
      case IOException disk -> terminal.err().println("darkroom: " + Printable.of(disk.toString()));
      default -> throw failure;
    }
    return Exit.FAILED;
  }
}
