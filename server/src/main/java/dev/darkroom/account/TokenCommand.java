package dev.darkroom.account;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.darkroom.failure.FailureException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// Makes, lists and revokes tokens on the server's own data, whether a server runs on it or not.
@Command(
    name = "token",
    description = "Make, list and revoke API tokens on the server's own data.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "create|list|revoke")
public final class TokenCommand {

  private static final int FAILED = 1;

  /// EX_USAGE of sysexits.h.
  private static final int USAGE = 64;

  @Spec @Nullable CommandSpec spec;

  private TokenCommand() {}

  /// Runs `token` with the arguments that follow that word, and gives the exit code. Nothing but
  /// the command's result goes to standard output.
  public static int run(String... arguments) {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    var line = new CommandLine(new TokenCommand());
    line.registerConverter(Duration.class, TokenCommand::validity);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExitCodeExceptionMapper(_ -> FAILED);
    line.setParameterExceptionHandler(TokenCommand::misused);
    line.setExecutionExceptionHandler(TokenCommand::failed);
    return line;
  }

  private static Duration validity(String text) {
    var duration = DurationStyle.detectAndParse(text);
    if (!duration.isPositive()) {
      throw new TypeConversionException("must be longer than nothing");
    }
    return duration;
  }

  @Command(description = "Make a token and print it; it is shown only now.")
  int create(
      @Mixin ServerData data,
      @Mixin TokenName name,
      @Option(
              names = "--scope",
              defaultValue = "write",
              description = "read, write or admin; write when not given.")
          Scope scope,
      @Option(
              names = "--expires-in",
              paramLabel = "TIME",
              description = "Such as 90d or 12h; never when not given.")
          @Nullable Duration validFor) {
    if (name.organization.isBlank() || name.token.isBlank()) {
      throw new CommandLine.ParameterException(
          spec().commandLine().getSubcommands().get("create"), "--org and --name need a name.");
    }
    var text = TokenText.random();
    var token = new NewToken(name.organization, name.token, scope, validFor);
    if (!data.use(tokens -> tokens.add(token, text))) {
      return refuse(
          "The organization %s has a token %s already; choose another name or revoke that one."
              .formatted(name.organization, name.token));
    }
    out().println(text.value());
    return 0;
  }

  @Command(description = "List the tokens; their texts are nowhere.")
  int list(
      @Mixin ServerData data,
      @Option(names = "--org", paramLabel = "NAME", description = "Of this organization only.")
          @Nullable String organization) {
    var row = "%-20s %-20s %-6s %-20s %-20s %s%n";
    out().printf(row, "ORGANIZATION", "NAME", "SCOPE", "CREATED", "EXPIRES", "REVOKED");
    for (var token : data.use(tokens -> tokens.list(organization))) {
      out()
          .printf(
              row,
              token.organization(),
              token.name(),
              token.scope(),
              token.createdAt().truncatedTo(ChronoUnit.SECONDS),
              token.expiresAt() == null
                  ? "never"
                  : token.expiresAt().truncatedTo(ChronoUnit.SECONDS),
              token.revokedAt() == null ? "no" : token.revokedAt().truncatedTo(ChronoUnit.SECONDS));
    }
    out().flush();
    return 0;
  }

  @Command(description = "End a token at once and for ever.")
  int revoke(@Mixin ServerData data, @Mixin TokenName name) {
    if (data.use(tokens -> tokens.revoke(name.organization, name.token))) {
      return 0;
    }
    return refuse(
        "The organization %s has no token %s that could be revoked."
            .formatted(name.organization, name.token));
  }

  private PrintWriter out() {
    return spec().commandLine().getOut();
  }

  private int refuse(String reason) {
    spec().commandLine().getErr().println(reason);
    return FAILED;
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("used outside of a command line");
    }
    return spec;
  }

  private static int misused(CommandLine.ParameterException exception, String[] arguments) {
    var line = exception.getCommandLine();
    line.getErr().println(exception.getMessage());
    line.usage(line.getErr());
    return USAGE;
  }

  private static int failed(
      Exception exception, CommandLine line, CommandLine.ParseResult parseResult) throws Exception {
    if (exception instanceof FailureException e) {
      line.getErr().println(e.failure().message());
      return FAILED;
    }
    throw exception;
  }

  /// Which token is meant.
  static final class TokenName {
    @Option(
        names = "--org",
        required = true,
        paramLabel = "NAME",
        description = "The organization.")
    String organization = "";

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The token.")
    String token = "";
  }
}
