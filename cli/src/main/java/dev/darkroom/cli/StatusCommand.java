package dev.darkroom.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows how the bulk upload of a dataset goes, or went.",
    footer = {"", "Example:", "  darkroom status 12 --watch"})
final class StatusCommand implements Callable<Integer> {

  @Mixin final ServerOptions options;

  @Parameters(paramLabel = "DATASET_ID", description = "The dataset's id.")
  long datasetId;

  @Option(names = "--watch", description = "Follow the upload until it is final.")
  boolean watch;

  private final Surroundings surroundings;

  StatusCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.options = new ServerOptions(surroundings);
  }

  @Override
  public Integer call() {
    try (Darkroom darkroom = options.connect()) {
      var outcome = watch ? follow(darkroom) : Follower.ask(darkroom, datasetId);
      options.printer().print(datasetId, outcome);
      return outcome.status().exitCode();
    }
  }

  private Follower.Outcome follow(Darkroom darkroom) {
    return Follower.of(darkroom, surroundings).follow(datasetId);
  }
}
