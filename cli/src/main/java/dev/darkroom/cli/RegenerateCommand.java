package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "regenerate",
    mixinStandardHelpOptions = true,
    description =
        "Has captions written anew: all of a dataset, manual ones too, or that of one image.",
    footer = {"", "Examples:", "  darkroom regenerate 12", "  darkroom regenerate 12 --image 4711"})
final class RegenerateCommand implements Callable<Integer> {

  private static final Duration ASK_EVERY = Duration.ofSeconds(1);

  @Mixin final ServerOptions options;

  @Parameters(paramLabel = "DATASET_ID", description = "The dataset's id.")
  long datasetId;

  @Option(names = "--image", paramLabel = "ID", description = "This image's caption only.")
  @Nullable Long image;

  @Option(
      names = "--wait",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Wait until all are written (the default), or only begin.")
  boolean wait = true;

  private final Surroundings surroundings;

  RegenerateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ServerOptions(surroundings);
  }

  @Override
  public Integer call() {
    try (Darkroom darkroom = options.connect()) {
      return image == null ? all(darkroom) : one(darkroom, image);
    }
  }

  private int one(Darkroom darkroom, long imageId) {
    var request = new JsonObject();
    request.put("regenerate_caption", true);
    var reply = darkroom.put(Darkroom.imagesPath(datasetId) + "/" + imageId, request);
    var caption = new CaptionText(reply.object().getString("caption"));
    options.printer().print(reply.body(), List.of(Printable.of(caption.summary())));
    return Exit.OK;
  }

  private int all(Darkroom darkroom) {
    var begun = begin(darkroom);
    if (!wait) {
      options
          .printer()
          .print(
              begun.body(),
              List.of("Dataset %d: captions are being written.".formatted(datasetId)));
      return Exit.OK;
    }
    var tolerance = new OutageTolerance(LineDisplay.ofQuick(surroundings), surroundings.pacing());
    var dataset = awaitEnd(darkroom, tolerance);
    var list = tolerance.ask(() -> darkroom.get(Darkroom.imagesPath(datasetId)));
    var images = Json.objects(list.array());
    long missing = images.stream().filter(one -> one.getString("caption") == null).count();
    options.printer().print(dataset.body(), List.of(summary(images.size(), missing)));
    return missing == 0 ? Exit.OK : Exit.PARTLY;
  }

  /// The dataset. A run that is under way is as good as one of our own: it may be that, begun by a
  /// command that was ended.
  private Reply begin(Darkroom darkroom) {
    try {
      var begun = darkroom.put(Darkroom.imagesPath(datasetId));
      if (wait) say("Writing the captions of dataset %d.".formatted(datasetId));
      return begun;
    } catch (CommandFailure.Refused refused) {
      if (!refused.isOf("dataset.busy")) throw refused;
      var dataset = dataset(darkroom);
      if (!isUnderWay(dataset)) throw refused;
      say("Captions of dataset %d are being written already.".formatted(datasetId));
      return dataset;
    }
  }

  private Reply awaitEnd(Darkroom darkroom, OutageTolerance tolerance) {
    while (true) {
      var dataset = tolerance.ask(() -> dataset(darkroom));
      if (!isUnderWay(dataset)) return dataset;
      surroundings.pacing().pause(ASK_EVERY);
    }
  }

  private Reply dataset(Darkroom darkroom) {
    return darkroom.get(Darkroom.datasetPath(datasetId) + "?max_images=1");
  }

  private static boolean isUnderWay(Reply dataset) {
    return "in_progress".equals(dataset.object().getString("captions_update_status"));
  }

  private void say(String text) {
    surroundings.terminal().err().println(text);
  }

  private String summary(long images, long missing) {
    return "Dataset %d: %s written, %d failed."
        .formatted(datasetId, Human.count(images - missing, "caption"), missing);
  }
}
