package dev.darkroom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Reads what 'captions export' wrote, and changes the captions that are others by now.",
      "Ends with 2 where a file names no image, or its caption is refused."
    },
    footer = {"", "Example:", "  darkroom captions import 12 captions/ --dry-run"})
final class CaptionsImportCommand implements Callable<Integer> {

  @Mixin final ServerOptions options;

  @Parameters(index = "0", paramLabel = "DATASET_ID", description = "The dataset's id.")
  long datasetId;

  @Parameters(index = "1", paramLabel = "FILE|DIR", description = "A folder, or a .jsonl file.")
  Path source = Path.of("");

  @Option(names = "--dry-run", description = "Say what would be changed, and change nothing.")
  boolean dryRun;

  private final Surroundings surroundings;

  CaptionsImportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ServerOptions(surroundings);
  }

  @Override
  public Integer call() throws IOException {
    try (Darkroom darkroom = options.connect()) {
      var dataset = CaptionedDataset.fetch(darkroom, datasetId);
      var found = new CaptionReader(dataset).read(source);
      var outcome = new CaptionImport(darkroom, datasetId, surroundings, dryRun).run(found);
      options.printer().print(outcome.json(), outcome.lines());
      return outcome.isWhole() ? Exit.OK : Exit.PARTLY;
    }
  }
}
