package dev.darkroom.account;

import dev.darkroom.failure.FailureException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// How the commands on organizations and tokens fail: in one sentence on standard error, with 64
/// where the command line makes no sense and 1 else. Nothing but a result goes to standard output.
final class AccountCommandLine {

  static final int FAILED = 1;

  /// EX_USAGE of sysexits.h.
  private static final int USAGE = 64;

  private AccountCommandLine() {}

  static CommandLine of(Object command) {
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExitCodeExceptionMapper(_ -> FAILED)
        .setParameterExceptionHandler(AccountCommandLine::misused)
        .setExecutionExceptionHandler(AccountCommandLine::failed);
  }

  private static int misused(ParameterException exception, String[] arguments) {
    var line = exception.getCommandLine();
    line.getErr().println(exception.getMessage());
    line.usage(line.getErr());
    return USAGE;
  }

  private static int failed(Exception exception, CommandLine line, ParseResult parsed)
      throws Exception {
    if (exception instanceof FailureException e) {
      line.getErr().println(e.failure().message());
      return FAILED;
    }
    throw exception;
  }
}
