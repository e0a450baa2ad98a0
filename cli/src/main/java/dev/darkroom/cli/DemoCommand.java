package dev.darkroom.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the whole way on this machine: makes sample pictures and a few that must fail,",
      "starts a server of its own, uploads them and checks the result."
    },
    footer = {"", "Example:", "  darkroom demo --images 50 --exit"})
final class DemoCommand implements Callable<Integer> {

  /// An upload takes 5 000, and the pictures that must fail come on top.
  private static final int MOST_IMAGES = 4900;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "300",
      description = "How many good pictures: 1 to 4900 (default: ${DEFAULT-VALUE}).")
  int images;

  @Option(names = "--exit", description = "End the server and clean up after the report.")
  boolean exit;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "The server's port; 8080 when not given, or any free one if that is taken.")
  int port;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed makes the same pictures (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Keep the server's data there; a scratch folder, removed at the end, when not given.")
  @Nullable Path data;

  private final Terminal terminal;
  private final Pacing pacing;
  private final Path home;

  DemoCommand(Terminal terminal, Pacing pacing, Path home) {
    this.terminal = terminal;
    this.pacing = pacing;
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    check(
        images >= 1 && images <= MOST_IMAGES,
        "--images must be 1 to %d, not %d".formatted(MOST_IMAGES, images));
    check(port >= 0 && port <= 65535, "--port must be 0 to 65535, not " + port);
    var plan = new Demo.Plan(home, images, seed, port, data, exit);
    try (var cleanup = new Cleanup()) {
      return new Demo(plan, terminal, pacing).run(cleanup);
    }
  }

  private void check(boolean holds, String message) {
    if (holds) return;
    if (spec == null) throw new IllegalStateException("used outside of a command line");
    throw new ParameterException(spec.commandLine(), message);
  }
}
