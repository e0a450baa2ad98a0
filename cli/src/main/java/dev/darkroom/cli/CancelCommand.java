package dev.darkroom.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Ends the upload of a dataset, for good: none of its images stays.",
    footer = {"", "Example:", "  darkroom cancel 12"})
final class CancelCommand implements Callable<Integer> {

  @Mixin final ServerOptions options;

  @Parameters(paramLabel = "DATASET_ID", description = "The dataset's id.")
  long datasetId;

  CancelCommand(Surroundings surroundings) {
    this.options = new ServerOptions(surroundings);
  }

  @Override
  public Integer call() {
    try (Darkroom darkroom = options.connect()) {
      var reply = darkroom.post(Darkroom.bulkUploadPath(datasetId) + "/cancel");
      options
          .printer()
          .print(
              reply.body(), List.of("Dataset %d: the upload is cancelled.".formatted(datasetId)));
      return Exit.OK;
    }
  }
}
