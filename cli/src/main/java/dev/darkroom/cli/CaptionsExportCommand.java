package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes each caption into a file beside the others, named after its image: .json of a FIBO"
          + " dataset, .txt of a Legacy one.",
      "A name that ends in .jsonl makes one file with a line for each image."
    },
    footer = {"", "Example:", "  darkroom captions export 12 captions/"})
final class CaptionsExportCommand implements Callable<Integer> {

  @Mixin final ServerOptions options;

  @Parameters(index = "0", paramLabel = "DATASET_ID", description = "The dataset's id.")
  long datasetId;

  @Parameters(index = "1", paramLabel = "FILE|DIR", description = "A folder, or a .jsonl file.")
  Path target = Path.of("");

  @Option(names = "--force", description = "Replace files that are there.")
  boolean force;

  CaptionsExportCommand(Surroundings surroundings) {
    this.options = new ServerOptions(surroundings);
  }

  @Override
  public Integer call() throws IOException {
    try (Darkroom darkroom = options.connect()) {
      var dataset = CaptionedDataset.fetch(darkroom, datasetId);
      long written = new CaptionFiles(target, force).write(dataset);
      long without = dataset.images().stream().filter(image -> image.caption() == null).count();
      var summary = new JsonObject();
      summary.put("dataset_id", datasetId);
      summary.put("target", target.toString());
      summary.put("written", written);
      summary.put("without_caption", without);
      options
          .printer()
          .print(
              JsonWriter.string(summary),
              List.of(
                  Printable.of(
                      "%s of dataset %d in %s; %s without one."
                          .formatted(
                              Human.count(written, "caption"),
                              datasetId,
                              target,
                              Human.count(without, "image")))));
      return Exit.OK;
    }
  }
}
