package dev.darkroom.tryout;

import dev.darkroom.decoding.Decoders;
import dev.darkroom.image.ImageInspector;
import dev.darkroom.moderation.Moderator;
import dev.darkroom.moderation.Moderators;
import dev.darkroom.provider.Providers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `moderate`: what the configured moderator says of image files. The files are inspected as those
/// of an upload are, but for their size, which is a matter of datasets.
@Command(
    name = "moderate",
    description = {
      "Show what the configured moderator says of image files.",
      "Ends with 0 where all pass, 2 where some are rejected, 1 where one cannot be judged."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeOnInvalidInput = ModerateCommand.USAGE,
    exitCodeOnExecutionException = ModerateCommand.NOT_JUDGED)
public final class ModerateCommand implements Callable<Integer> {

  static final int NOT_JUDGED = 1;
  static final int REJECTED = 2;

  /// EX_USAGE of sysexits.h.
  static final int USAGE = 64;

  private final Environment environment;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "jpg, png or webp.")
  private List<Path> files = List.of();

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      defaultValue = "${env:DARKROOM_MODERATOR_LOCAL_THRESHOLD:-0.6}",
      description =
          "The score from which the local moderator rejects an image; DARKROOM_MODERATOR_LOCAL_THRESHOLD when not given, else 0.6.")
  private double threshold;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:DARKROOM_DATA:-data}",
      description =
          "The server's data directory, where it exists: it keeps the model; DARKROOM_DATA when not given, else data.")
  private Path data = Path.of("data");

  @Option(
      names = "--runtime",
      paramLabel = "DIR",
      defaultValue = "${sys:darkroom.runtime:-${env:DARKROOM_RUNTIME:-runtime}}",
      description =
          "The folder in which npm has installed the model; DARKROOM_RUNTIME when not given, else runtime.")
  private Path runtime = Path.of("runtime");

  /// @param environment has the server's settings
  public ModerateCommand(Environment environment) {
    this.environment = environment;
  }

  private record Report(String moderator, List<FileVerdict> files) {}

  @Override
  public Integer call() throws Exception {
    try (var providers = Providers.withoutGates()) {
      Moderators moderators = moderators(providers);
      Optional<Moderator> moderator = moderators.find();
      return moderator.isPresent() ? judge(moderator.get()) : refuse(moderators.absence());
    } catch (BindException setting) {
      return refuse(WrongSetting.of(setting));
    }
  }

  private int refuse(String reason) {
    spec().commandLine().getErr().println("darkroom: " + reason);
    return NOT_JUDGED;
  }

  private int judge(Moderator moderator) throws Exception {
    var limits = FileLimits.of(environment);
    var decoder = Decoders.open(data, Runtime.getRuntime().availableProcessors());
    try {
      var judge = new FileJudge(new ImageInspector(decoder, limits), moderator);
      return exitCode(report(moderator, judge));
    } finally {
      for (Object closed : List.of(moderator, decoder)) {
        if (closed instanceof AutoCloseable closeable) closeable.close();
      }
    }
  }

  private Moderators moderators(Providers providers) {
    try {
      return Moderators.findRemote(environment, providers)
          .orElseGet(() -> Moderators.local(runtime, data, threshold));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), "--threshold: " + e.getMessage(), e);
    }
  }

  /// Judges as many files at once as there are cores, and prints the verdicts in the files' order.
  private List<FileVerdict> report(Moderator moderator, FileJudge judge) {
    PrintWriter out = spec().commandLine().getOut();
    List<FileVerdict> verdicts = new ArrayList<>();
    files.stream()
        .gather(Gatherers.mapConcurrent(Runtime.getRuntime().availableProcessors(), judge::judge))
        .forEachOrdered(verdict -> {
          verdicts.add(verdict);
          if (!json) out.println(verdict.line());
          out.flush();
        });
    if (json) {
      out.println(
          JsonMapper.shared()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(new Report(moderator.name(), verdicts)));
      out.flush();
    }
    return verdicts;
  }

  private static int exitCode(List<FileVerdict> verdicts) {
    int exitCode = 0;
    for (FileVerdict verdict : verdicts) {
      switch (verdict.verdict()) {
        case PASSED -> {}
        case REJECTED -> exitCode = exitCode == NOT_JUDGED ? NOT_JUDGED : REJECTED;
        case NOT_JUDGED -> exitCode = NOT_JUDGED;
      }
    }
    return exitCode;
  }

  private CommandSpec spec() {
    if (spec == null) throw new IllegalStateException("used outside of a command line");
    return spec;
  }
}
