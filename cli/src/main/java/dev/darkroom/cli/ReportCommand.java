package dev.darkroom.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Lists every image that an upload refused, by reason.",
    footer = {"", "Example:", "  darkroom report 12 --csv > failures.csv"})
final class ReportCommand implements Callable<Integer> {

  @Mixin final ServerOptions options;

  @Parameters(paramLabel = "DATASET_ID", description = "The dataset's id.")
  long datasetId;

  @Option(
      names = "--csv",
      description = "As the server's CSV, with what to do for each image, for a spreadsheet.")
  boolean csv;

  ReportCommand(Surroundings surroundings) {
    this.options = new ServerOptions(surroundings);
  }

  @Override
  public Integer call() {
    if (csv && options.json) throw options.usage("--csv and --json exclude each other.");
    try (Darkroom darkroom = options.connect()) {
      var outcome = Follower.ask(darkroom, datasetId);
      if (csv) {
        options
            .printer()
            .printBody(darkroom.get(Darkroom.statusPath(datasetId), "text/csv").body());
      } else {
        var report = Report.complete(datasetId, outcome.status());
        options.printer().print(outcome.body(), report.lines());
      }
      return outcome.status().exitCode();
    }
  }
}
