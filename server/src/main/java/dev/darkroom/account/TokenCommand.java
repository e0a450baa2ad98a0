package dev.darkroom.account;

import dev.darkroom.account.ServerData.Accounts;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// Makes, lists, rotates and revokes tokens on the server's own data, whether a server runs on it
/// or not.
@Command(
    name = "token",
    description = "Make, list, rotate and revoke API tokens on the server's own data.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "create|list|rotate|revoke")
public final class TokenCommand {

  @Spec @Nullable CommandSpec spec;

  private TokenCommand() {}

  /// The command, to be run by itself or below another. Nothing but its result goes to standard
  /// output.
  public static CommandLine commandLine() {
    return AccountCommandLine.of(new TokenCommand())
        .registerConverter(Duration.class, TokenCommand::validity);
  }

  private static Duration validity(String text) {
    var duration = DurationStyle.detectAndParse(text);
    if (!duration.isPositive()) {
      throw new TypeConversionException("must be longer than nothing");
    }
    return duration;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Make a token and print it; it is shown only now.")
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
    var token = new NewToken(name.organization, name.token, scope, validFor);
    out().println(data.use(accounts -> create(accounts, token)).text());
    return 0;
  }

  private static MadeToken create(Accounts accounts, NewToken token) {
    var _ = accounts.organizations().add(token.organization());
    var _ = accounts.organizations().getOpen(token.organization());
    return accounts.mint().create(token);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Make a token in the place of another, and print it; it is shown only now.")
  int rotate(
      @Mixin ServerData data,
      @Mixin TokenName name,
      @Option(
              names = "--grace",
              paramLabel = "TIME",
              description = "How long the old one works on, such as 1d; not at all when not given.")
          @Nullable Duration grace) {
    var made =
        data.use(accounts ->
            accounts
                .mint()
                .rotate(
                    accounts.tokens().getCurrent(name.organization, name.token),
                    Objects.requireNonNullElse(grace, Duration.ZERO)));
    out().println(made.text());
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "List the tokens; their texts are nowhere.")
  int list(
      @Mixin ServerData data,
      @Option(names = "--org", paramLabel = "NAME", description = "Of this organization only.")
          @Nullable String organization) {
    var row = "%-20s %-20s %-6s %-20s %-20s %-20s %s%n";
    out()
        .printf(row, "ORGANIZATION", "NAME", "SCOPE", "CREATED", "LAST USED", "EXPIRES", "REVOKED");
    for (var token : data.use(accounts -> accounts.tokens().list(organization))) {
      out()
          .printf(
              row,
              token.organization(),
              token.name(),
              token.scope(),
              text(token.createdAt(), "never"),
              text(token.lastUsedAt(), "never"),
              text(token.expiresAt(), "never"),
              text(token.revokedAt(), "no"));
    }
    out().flush();
    return 0;
  }

  private static String text(@Nullable Instant time, String none) {
    return time == null ? none : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @Command(mixinStandardHelpOptions = true, description = "End a token at once and for ever.")
  int revoke(@Mixin ServerData data, @Mixin TokenName name) {
    if (data.use(accounts -> accounts.tokens().revoke(name.organization, name.token))) {
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
    return AccountCommandLine.FAILED;
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("used outside of a command line");
    }
    return spec;
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
