package dev.darkroom.doctor;

import dev.darkroom.storage.StoreLocation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `doctor`: one line for each thing that a server needs on this machine.
@Command(
    name = "doctor",
    description = {
      "Check what a server needs on this machine, with the server's settings.",
      "Ends with 0 where a server runs, 1 where something has failed. Starts no server; beside one"
          + " that runs, it asks that one's database.",
      "A model that is connected is asked about one small picture."
    },
    footer = {"", "Example:", "  darkroom doctor --source https://example.com/shoot-1.zip"},
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeOnInvalidInput = DoctorCommand.USAGE,
    exitCodeOnExecutionException = DoctorCommand.FAILED)
public final class DoctorCommand implements Callable<Integer> {

  static final int FAILED = 1;

  /// EX_USAGE of sysexits.h.
  static final int USAGE = 64;

  private final Environment environment;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:DARKROOM_DATA:-data}",
      description = "The server's data directory; DARKROOM_DATA when not given, else data.")
  private Path data = Path.of("data");

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      defaultValue = "${env:DARKROOM_DATABASE_URL}",
      description = "The server's PostgreSQL where it is not the embedded one.")
  private @Nullable String databaseUrl;

  @Option(
      names = "--store",
      paramLabel = "DIR|s3://BUCKET",
      defaultValue = "${env:DARKROOM_STORE}",
      description =
          "Where images are kept; DARKROOM_STORE when not given, else objects in the data"
              + " directory.")
  private @Nullable String store;

  @Option(
      names = "--runtime",
      paramLabel = "DIR",
      defaultValue = "${sys:darkroom.runtime:-${env:DARKROOM_RUNTIME:-runtime}}",
      description =
          "The folder in which npm has installed libvips and the model; DARKROOM_RUNTIME when not given, else runtime.")
  private Path runtime = Path.of("runtime");

  @Option(
      names = "--source",
      paramLabel = "URL",
      description = "A ZIP: whether it can be fetched from here, as an upload would.")
  private @Nullable String source;

  @Option(
      names = "--allow-address",
      paramLabel = "CIDR[:PORT]",
      split = ",",
      defaultValue = "${env:DARKROOM_ALLOW_ADDRESS}",
      description =
          "Private addresses that may be fetched from; DARKROOM_ALLOW_ADDRESS when not given.")
  private List<String> allowAddresses = List.of();

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  /// @param environment has the server's settings
  public DoctorCommand(Environment environment) {
    this.environment = environment;
  }

  private record Named(String name, Finding.Check check) {}

  /// @param healthy nothing has failed
  private record Report(boolean healthy, List<Finding> checks) {}

  @Override
  public Integer call() {
    PrintWriter out = spec().commandLine().getOut();
    List<Finding> findings = new ArrayList<>();
    for (var named : checks()) {
      var finding = Finding.of(named.name(), named.check());
      findings.add(finding);
      if (!json) out.println(finding.line());
      out.flush();
    }
    boolean healthy =
        findings.stream().noneMatch(finding -> finding.state() == Finding.State.FAILED);
    if (json) out.println(JsonMapper.shared().writeValueAsString(new Report(healthy, findings)));
    out.flush();
    return healthy ? 0 : FAILED;
  }

  private List<Named> checks() {
    var models = new ModelChecks(environment, runtime, data);
    List<Named> checks = new ArrayList<>();
    checks.add(new Named("java", MachineChecks::java));
    checks.add(new Named("data", () -> MachineChecks.data(data)));
    checks.add(new Named("database", new DatabaseCheck(data, databaseUrl)::run));
    checks.add(new Named("store", new StoreCheck(location(), environment)::run));
    checks.add(new Named("secret", secretCheck()::run));
    checks.add(new Named("decoder", new DecoderCheck(crashReports())::run));
    checks.add(new Named("captioner", models::captioner));
    checks.add(new Named("moderator", models::moderator));
    if (source != null) {
      checks.add(new Named("source", new SourceCheck(source, allowAddresses, environment)::run));
    }
    return checks;
  }

  private SecretCheck secretCheck() {
    return new SecretCheck(data, System.getenv("DARKROOM_SECRET"), sharesWithOtherNodes());
  }

  /// A folder may be mounted by several, too; that cannot be seen from here.
  boolean sharesWithOtherNodes() {
    return (databaseUrl != null && !databaseUrl.isBlank())
        || location() instanceof StoreLocation.Bucket;
  }

  private StoreLocation location() {
    try {
      return StoreLocation.of(
          store == null || store.isBlank() ? data.resolve("objects").toString() : store);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), "--store: " + e.getMessage(), e);
    }
  }

  private static Path crashReports() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private CommandSpec spec() {
    if (spec == null) throw new IllegalStateException("used outside of a command line");
    return spec;
  }
}
