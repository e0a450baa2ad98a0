package dev.darkroom.cli;

import dev.darkroom.cli.source.ChangedException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/// The command line client.
@Command(
    name = "darkroom",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Turns images into a checked dataset, on a Darkroom server.",
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

  private static final int NARROWEST_HELP = 60;
  private static final int WIDEST_HELP = 110;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(Surroundings.ofThisProcess(), arguments));
  }

  static int run(Surroundings surroundings, String... arguments) {
    Terminal terminal = surroundings.terminal();
    var darkroom = new CommandLine(new Main());
    for (Object command : commands(surroundings)) darkroom.addSubcommand(command);
    requireUsageCode(darkroom);
    int exitCode =
        darkroom
            .setOut(writer(terminal.out()))
            .setErr(writer(terminal.err()))
            .setColorScheme(
                Help.defaultColorScheme(terminal.colour() ? Help.Ansi.ON : Help.Ansi.OFF))
            .setUsageHelpWidth(
                Math.clamp(terminal.columns().getAsInt(), NARROWEST_HELP, WIDEST_HELP))
            .setParameterExceptionHandler((failure, _) -> misused(terminal, failure))
            .setExecutionExceptionHandler((failure, _, _) -> failed(terminal, failure))
            .execute(arguments);
    return isWritten(terminal) ? exitCode : Exit.FAILED;
  }

  /// A stream that prints keeps its failures to itself: a full disk, or a reader that is gone.
  private static boolean isWritten(Terminal terminal) {
    if (!terminal.out().checkError()) return true;
    terminal.err().println("darkroom: The result could not be written to standard output.");
    return false;
  }

  private static List<Object> commands(Surroundings surroundings) {
    Path home = Path.of(System.getProperty("darkroom.home", "")).toAbsolutePath();
    return List.of(
        new UploadCommand(surroundings),
        new StatusCommand(surroundings),
        new ReportCommand(surroundings),
        new CancelCommand(surroundings),
        new DatasetsCommand(surroundings),
        new ProjectsCommand(surroundings),
        new ImagesCommand(surroundings),
        CaptionsCommand.commandLine(surroundings),
        new RegenerateCommand(surroundings),
        new DownloadCommand(surroundings),
        new DemoCommand(surroundings.terminal(), surroundings.pacing(), home),
        new CompletionCommand(surroundings));
  }

  private static void requireUsageCode(CommandLine line) {
    line.getCommandSpec().exitCodeOnInvalidInput(Exit.USAGE);
    line.getSubcommands().values().forEach(Main::requireUsageCode);
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
      case ChangedException changed -> {
        terminal.err().println("darkroom: " + Printable.of(String.valueOf(changed.getMessage())));
        terminal
            .err()
            .println("  Leave it untouched and run the command again: it sends all anew.");
      }
      case IOException disk -> terminal.err().println("darkroom: " + Printable.of(disk.toString()));
      default -> throw failure;
    }
    return Exit.FAILED;
  }
}
