package dev.darkroom.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows how the bulk upload of a dataset goes, or went.")
final class StatusCommand implements Callable<Integer> {

  @Mixin ServerOptions options = new ServerOptions();

  @Parameters(paramLabel = "DATASET_ID", description = "The dataset's id.")
  long datasetId;

  @Option(names = "--watch", description = "Follow the upload until it is final.")
  boolean watch;

  private final Terminal terminal;
  private final Pacing pacing;

  StatusCommand(Terminal terminal, Pacing pacing) {
    this.terminal = terminal;
    this.pacing = pacing;
  }

  @Override
  public Integer call() {
    try (Darkroom darkroom = options.connect()) {
      var outcome = watch ? follow(darkroom) : Follower.ask(darkroom, datasetId);
      new ResultPrinter(terminal, options.json).print(datasetId, outcome, darkroom);
      return outcome.status().exitCode();
    }
  }

  private Follower.Outcome follow(Darkroom darkroom) {
    return new Follower(darkroom, new ProgressDisplay(terminal), pacing).follow(datasetId);
  }
}
