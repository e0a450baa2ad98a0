package dev.darkroom.account;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Makes, lists, suspends, bounds and purges organizations on the server's own data, whether a
/// server runs on it or not. Nothing is refused that would lock an operator out of the API: whoever
/// is here can make a token.
@Command(
    name = "organization",
    description =
        "Make, list, suspend, resume, bound and purge organizations on the server's own data.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "create|list|suspend|resume|quota|purge")
public final class OrganizationCommand {

  private static final String ROW = "%-20s %-9s %-20s %15s %15s %8s %8s%n";

  @Spec @Nullable CommandSpec spec;

  private OrganizationCommand() {}

  /// The command, to be run by itself or below another.
  public static CommandLine commandLine() {
    return AccountCommandLine.of(new OrganizationCommand());
  }

  @Command(mixinStandardHelpOptions = true, description = "Make an organization.")
  int create(@Mixin ServerData data, @Mixin Named named) {
    if (named.organization.isBlank()) throw misused("create", "--org needs a name.");
    var _ = data.use(accounts -> accounts.organizations().create(named.organization));
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "List the organizations, with what they store and their quotas.")
  int list(@Mixin ServerData data) {
    out().printf(ROW, "ORGANIZATION", "STATUS", "CREATED", "STORED", "STORAGE", "RUNNING", "A DAY");
    data.use(accounts -> accounts.organizations().list()).forEach(this::print);
    out().flush();
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Have its tokens refused; what it has begun goes on.")
  int suspend(@Mixin ServerData data, @Mixin Named named) {
    return change(data, named, Organizations::suspend);
  }

  @Command(mixinStandardHelpOptions = true, description = "Let its tokens in again.")
  int resume(@Mixin ServerData data, @Mixin Named named) {
    return change(data, named, Organizations::resume);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Show its quotas, and set those that are given.")
  int quota(@Mixin ServerData data, @Mixin Named named, @Mixin QuotaOptions options) {
    print(
        data.use(accounts -> {
          var organizations = accounts.organizations();
          var organization = organizations.get(named.organization);
          if (options.isGiven()) {
            organizations.setQuota(organization.id(), options.over(organization.quotas()));
          }
          return organizations.get(organization.id());
        }));
    out().flush();
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Delete it for ever, with its projects, datasets, images and tokens; a running server does it.")
  int purge(
      @Mixin ServerData data,
      @Mixin Named named,
      @Option(names = "--yes", description = "Without this nothing is deleted.") boolean sure) {
    if (!sure) throw misused("purge", "This deletes all that it has, for ever; repeat with --yes.");
    return change(data, named, Organizations::beginPurge);
  }

  private static int change(ServerData data, Named named, BiConsumer<Organizations, Long> change) {
    return data.use(accounts -> {
      var organizations = accounts.organizations();
      change.accept(organizations, organizations.get(named.organization).id());
      return 0;
    });
  }

  private void print(Organization organization) {
    var quotas = organization.quotas();
    out()
        .printf(
            ROW,
            organization.name(),
            organization.status(),
            organization.createdAt().truncatedTo(ChronoUnit.SECONDS),
            organization.usage().storageBytes(),
            Objects.requireNonNullElse(quotas.storageBytes(), "default"),
            Objects.requireNonNullElse(quotas.uploadsRunning(), "default"),
            Objects.requireNonNullElse(quotas.uploadsPerDay(), "default"));
  }

  private ParameterException misused(String command, String reason) {
    return new ParameterException(spec().commandLine().getSubcommands().get(command), reason);
  }

  private PrintWriter out() {
    return spec().commandLine().getOut();
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("used outside of a command line");
    }
    return spec;
  }

  /// Which organization is meant.
  static final class Named {
    @Option(
        names = "--org",
        required = true,
        paramLabel = "NAME",
        description = "The organization.")
    String organization = "";
  }
}
