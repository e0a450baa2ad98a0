package dev.darkroom.start;

import java.io.PrintWriter;
import java.util.Map;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The command line of the server's jar. A command that fails says so in one line and ends with 2
/// where the user gave a wrong value, else with 1.
public final class Commands {

  @Command(
      name = "darkroom",
      description = "Turns ZIP files of images into checked datasets.",
      synopsisSubcommandLabel = "COMMAND",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      subcommands = HelpCommand.class)
  private static final class Root {}

  private final CommandLine line;

  /// @param application the Spring application that `serve` runs
  /// @param others the commands that other modules bring, each a picocli `CommandLine` or an object
  ///   with its `@Command`
  public Commands(Class<?> application, Object... others) {
    this(application, System.getenv(), others);
  }

  Commands(Class<?> application, Map<String, String> environment, Object... others) {
    line = new CommandLine(new Root());
    line.addSubcommand(new ServeCommand(application));
    line.setDefaultValueProvider(new EnvironmentDefaults(environment));
    line.setParameterExceptionHandler(
        (e, _) -> fail(e.getCommandLine(), String.valueOf(e.getMessage()), 2));
    line.setExecutionExceptionHandler((e, command, _) -> fail(command, e));
    for (Object other : others) line.addSubcommand(other);
  }

  /// Runs the command and tells its exit code. A server goes on after 0, until it is stopped.
  public int run(String... arguments) {
    // Commands answer in sentences; only a server logs, once its settings are read.
    LoggingSystem.get(Commands.class.getClassLoader()).beforeInitialize();
    if (arguments.length == 0) {
      line.usage(line.getOut());
      return 2;
    }
    return line.execute(arguments);
  }

  CommandLine line() {
    return line;
  }

  private static int fail(CommandLine command, Exception exception) {
    StartFailure failure = StartFailure.of(exception);
    return fail(command, failure.message(), failure.exitCode());
  }

  private static int fail(CommandLine command, String message, int exitCode) {
    PrintWriter err = command.getErr();
    err.println("darkroom: " + message);
    err.flush();
    return exitCode;
  }
}
