package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "upload",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the bulk upload of a ZIP that the server fetches by its URL, and follows it.",
      "Without --dataset a new dataset is made in the project \"" + UploadCommand.PROJECT + "\"."
    })
final class UploadCommand implements Callable<Integer> {

  static final String PROJECT = "CLI uploads";

  /// A project holds datasets of one family only, so legacy ones live in another.
  static final String LEGACY_PROJECT = "CLI uploads (legacy)";

  @Mixin ServerOptions options = new ServerOptions();

  @Parameters(paramLabel = "ZIP_URL", description = "An http or https URL, up to 5 GB.")
  String zipUrl = "";

  @Option(
      names = "--dataset",
      paramLabel = "ID",
      description = "An empty advanced dataset that no upload was ever tried on.")
  @Nullable Long dataset;

  @Option(
      names = "--new",
      paramLabel = "NAME",
      description = "The name of the new dataset; the ZIP's own name when not given.")
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
      names = "--wait",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Follow the upload until it is final (the default), or only start it.")
  boolean wait = true;

  private final Terminal terminal;
  private final Pacing pacing;

  UploadCommand(Terminal terminal, Pacing pacing) {
    this.terminal = terminal;
    this.pacing = pacing;
  }

  @Override
  public Integer call() {
    checkCombination();
    try (Darkroom darkroom = options.connect()) {
      long datasetId = dataset == null ? newDataset(darkroom) : dataset;
      Reply accepted = start(darkroom, datasetId);
      var printer = new ResultPrinter(terminal, options.json);
      if (!wait) {
        if (options.json) printer.printBody(accepted.body());
        else terminal.out().println(accepted(datasetId));
        return Exit.OK;
      }
      terminal.err().println(accepted(datasetId));
      var display = new ProgressDisplay(terminal);
      var outcome = new Follower(darkroom, display, pacing).follow(datasetId);
      printer.print(datasetId, outcome, darkroom);
      return outcome.status().exitCode();
    }
  }

  private Reply start(Darkroom darkroom, long datasetId) {
    try {
      return darkroom.post(Darkroom.bulkUploadPath(datasetId), request());
    } catch (CommandFailure.Refused refused) {
      if (dataset == null) {
        // A refused request is not an attempt, so the new dataset can still take the upload.
        terminal.err().println("The new dataset is empty; use it with: --dataset " + datasetId);
      }
      throw refused;
    }
  }

  private void checkCombination() {
    if (dataset != null && (newName != null || legacy)) {
      throw options.usage(
          "--new and --legacy make a new dataset; --dataset names one that exists.");
    }
    if (dataset == null && automaticCaptioning && !legacy) {
      throw options.usage("--automatic-captioning needs --legacy.");
    }
  }

  private long newDataset(Darkroom darkroom) {
    String project = legacy ? LEGACY_PROJECT : PROJECT;
    String name = newName == null ? nameOf(zipUrl) : newName;
    return new Workspace(darkroom).newDataset(project, name, legacy ? "max" : "fibo");
  }

  private JsonObject request() {
    var body = new JsonObject();
    body.put("zip_url", zipUrl);
    if (automaticCaptioning) body.put("automatic_captioning", true);
    return body;
  }

  private static String accepted(long datasetId) {
    return "Dataset %d: the upload is accepted and goes on without this command. See it with: ./darkroom status %d --watch"
        .formatted(datasetId, datasetId);
  }

  /// `photos` for `https://host/shoot/photos.zip?signature=...`; the server says what is wrong with
  /// a URL that is none.
  static String nameOf(String zipUrl) {
    String path;
    try {
      path = URI.create(zipUrl).getPath();
    } catch (IllegalArgumentException _) {
      path = null;
    }
    String file = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
    String name = file.replaceFirst("(?i)\\.zip$", "").strip();
    return name.isEmpty() ? "upload" : name;
  }
}
