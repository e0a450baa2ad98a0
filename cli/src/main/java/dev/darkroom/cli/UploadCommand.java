package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "upload",
    mixinStandardHelpOptions = true,
    description = {
      "Uploads a ZIP or a folder of this machine, or a ZIP that the server fetches by its URL, and"
          + " follows it. Run again after a break, it goes on where it was.",
      "Without --dataset a new dataset is made in the project \"" + UploadCommand.PROJECT + "\"."
    },
    footer = {
      "",
      "Examples:",
      "  darkroom upload shoot-1/ --new \"Shoot 1\" --preflight",
      "  darkroom upload https://example.com/shoot-1.zip --dataset 12 --no-wait"
    })
final class UploadCommand implements Callable<Integer> {

  static final String PROJECT = "CLI uploads";

  /// A project holds datasets of one family only, so legacy ones live in another.
  static final String LEGACY_PROJECT = "CLI uploads (legacy)";

  @Mixin final ServerOptions options;

  @Parameters(paramLabel = "FILE|FOLDER|URL", description = "A ZIP, a folder of images, or a URL.")
  String source = "";

  @Option(
      names = "--dataset",
      paramLabel = "ID",
      description = "An empty advanced dataset that no upload was ever tried on.")
  @Nullable Long dataset;

  @Option(
      names = "--new",
      paramLabel = "NAME",
      description = "The name of the new dataset; that of the ZIP or folder when not given.")
  @Nullable String newName;

  @Option(
      names = "--legacy",
      description = "Make the new dataset by the Legacy rules: a .txt beside each image.")
  boolean legacy;

  @Option(
      names = "--automatic-captioning",
      description = "Legacy only: images without a .txt get a generated caption.")
  boolean automaticCaptioning;

  @Option(
      names = "--preflight",
      description =
          "First say what would be accepted and refused, and ask; without a terminal, end with 2"
              + " where an image would be refused.")
  boolean preflight;

  @Option(names = "--yes", description = "With --preflight: begin whatever images it refuses.")
  boolean yes;

  @Option(
      names = "--wait",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Follow the upload until it is final (the default), or only start it.")
  boolean wait = true;

  private final Surroundings surroundings;

  UploadCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ServerOptions(surroundings);
  }

  /// What can be uploaded now.
  ///
  /// @param accepted to be done when the server has taken it
  private record Prepared(String name, JsonObject request, Acceptance accepted) {}

  private interface Acceptance {
    void run() throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    checkCombination();
    try (Darkroom darkroom = options.connect()) {
      // A server that is not there, or a token that is not good, is told before anything is read
      // or waited for.
      var limits = UploadLimits.of(darkroom);
      return switch (UploadSource.of(source)) {
        case UploadSource.Remote remote ->
            begin(
                darkroom, new Prepared(remote.name(), request("zip_url", remote.url()), () -> {}));
        case UploadSource.Local local -> sendAndBegin(darkroom, local, limits);
      };
    }
  }

  /// What was sent is remembered until an upload has taken it.
  private int sendAndBegin(Darkroom darkroom, UploadSource.Local local, UploadLimits limits)
      throws IOException {
    if (dataset != null) FreeDataset.require(darkroom, dataset);
    var content = new LocalContent(surroundings, limits).of(local.path());
    String identity = darkroom.base() + " " + content.identity();
    try (var remembered = Remembered.open(surroundings.stateFolder(), identity)) {
      say(
          "Sending %s, %s. After a break the same command goes on where it was."
              .formatted(Printable.of(content.name()), Human.bytes(content.length())));
      long upload = new DirectUpload(darkroom, content, remembered, surroundings).send();
      return begin(
          darkroom, new Prepared(local.name(), request("upload_id", upload), remembered::forget));
    } catch (CommandFailure.Refused refused) {
      if (refused.ofLostUpload()) Remembered.forget(surroundings.stateFolder(), identity);
      throw refused;
    }
  }

  private int begin(Darkroom darkroom, Prepared upload) throws IOException {
    var requests = PatientRequests.of(darkroom, surroundings);
    long datasetId = dataset == null ? newDataset(requests, upload.name()) : dataset;
    if (preflight) {
      var seen = offeringTheDataset(datasetId, () -> preflight(darkroom, datasetId, upload));
      if (seen.isPresent()) return seen.get();
    }
    Reply accepted =
        offeringTheDataset(
            datasetId, () -> requests.post(Darkroom.bulkUploadPath(datasetId), upload.request()));
    upload.accepted().run();
    var printer = options.printer();
    if (!wait) {
      printer.print(accepted.body(), List.of(accepted(datasetId)));
      return Exit.OK;
    }
    say(accepted(datasetId));
    var outcome = Follower.of(darkroom, surroundings).follow(datasetId);
    printer.print(datasetId, outcome);
    return outcome.status().exitCode();
  }

  /// The exit code where the upload is not to begin.
  private Optional<Integer> preflight(Darkroom darkroom, long datasetId, Prepared upload) {
    var check = new Preflight(darkroom, surroundings, yes);
    var outcome = check.run(datasetId, upload.request());
    var status = outcome.status();
    if (!options.json) {
      surroundings.terminal().out().println(Preflight.summary(status));
      var failures = Report.brief(datasetId, status).failures();
      failures.forEach(surroundings.terminal().out()::println);
    }
    if (check.isGo(status)) return Optional.empty();
    if (options.json) options.printer().printBody(outcome.body());
    offerTheDataset(datasetId);
    say("Nothing was started. With --yes it begins whatever images are refused.");
    return Optional.of(status.exitCode());
  }

  private <T> T offeringTheDataset(long datasetId, Supplier<T> request) {
    try {
      return request.get();
    } catch (CommandFailure.Unreachable gone) {
      nameTheDataset(datasetId);
      throw gone;
    } catch (CommandFailure.Refused refused) {
      if (refused.passing()) nameTheDataset(datasetId);
      else offerTheDataset(datasetId);
      throw refused;
    }
  }

  /// Of a request that was not answered nobody knows whether it was done.
  private void nameTheDataset(long datasetId) {
    if (dataset != null) return;
    say(
        "The new dataset is %d. Whether it has the upload tells: ./darkroom status %d"
            .formatted(datasetId, datasetId));
    say("Where it has none, use it with: --dataset " + datasetId);
  }

  /// A refused request is not an attempt, so a new dataset can still take the upload.
  private void offerTheDataset(long datasetId) {
    if (dataset == null) say("The new dataset is empty; use it with: --dataset " + datasetId);
  }

  private void checkCombination() {
    if (dataset != null && (newName != null || legacy)) {
      throw options.usage(
          "--new and --legacy make a new dataset; --dataset names one that exists.");
    }
    if (dataset == null && automaticCaptioning && !legacy) {
      throw options.usage("--automatic-captioning needs --legacy.");
    }
    if (yes && !preflight) throw options.usage("--yes needs --preflight.");
  }

  private long newDataset(PatientRequests requests, String usualName) {
    String project = legacy ? LEGACY_PROJECT : PROJECT;
    String name = newName == null ? usualName : newName;
    return new Workspace(requests).newDataset(project, name, legacy ? "max" : "fibo");
  }

  private JsonObject request(String field, Object sourceValue) {
    var body = new JsonObject();
    body.put(field, sourceValue);
    if (automaticCaptioning) body.put("automatic_captioning", true);
    return body;
  }

  private static String accepted(long datasetId) {
    return "Dataset %d: the upload is accepted and goes on without this command. See it with: ./darkroom status %d --watch"
        .formatted(datasetId, datasetId);
  }

  private void say(String text) {
    surroundings.terminal().err().println(text);
  }
}
