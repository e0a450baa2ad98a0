package dev.darkroom.tryout;

import dev.darkroom.caption.Captioner;
import dev.darkroom.caption.Captioning;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.decoding.Decoders;
import dev.darkroom.failure.FailureException;
import dev.darkroom.image.Decoder;
import dev.darkroom.image.ImageInspector;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.ImageRenderer;
import dev.darkroom.image.Inspection;
import dev.darkroom.measuring.MeasuringCaptioner;
import dev.darkroom.provider.Providers;
import dev.darkroom.vision.VisionModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.env.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints what the configured captioner says of image files. Needs neither a database nor a server.
@Command(
    name = "caption",
    description = "Print what the configured captioner says of image files.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class CaptionCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  /// EX_USAGE of sysexits.h.
  private static final int USAGE = 64;

  private final Environment environment;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "JPEG, PNG or WebP images.")
  private List<Path> files = List.of();

  @Option(
      names = "--json",
      description = "The caption alone, as a dataset keeps it, in one line for each file.")
  private boolean raw;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "A visual schema, a JSON object, whose fixed values go into the caption.")
  private @Nullable Path schema;

  @Option(names = "--legacy", description = "Plain text, as for a Legacy dataset.")
  private boolean legacy;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "What each text begins with; with --legacy only.")
  private @Nullable String prefix;

  private CaptionCommand(Environment environment) {
    this.environment = environment;
  }

  /// The command, to be run by itself or below another. Nothing but captions goes to standard
  /// output.
  ///
  /// @param environment has the server's settings
  public static CommandLine commandLine(Environment environment) {
    var line = new CommandLine(new CaptionCommand(environment));
    line.setParameterExceptionHandler((e, _) -> {
      fail(e.getCommandLine(), String.valueOf(e.getMessage()));
      return USAGE;
    });
    line.setExecutionExceptionHandler((e, command, _) -> {
      switch (e) {
        case FailureException failure -> fail(command, failure.failure().message());
        case BindException setting -> fail(command, WrongSetting.of(setting));
        default -> throw e;
      }
      return FAILED;
    });
    return line;
  }

  private static void fail(CommandLine line, String message) {
    line.getErr().println("darkroom: " + message);
    line.getErr().flush();
  }

  @Override
  public Integer call() throws InterruptedException {
    if (legacy ? schema != null : prefix != null) {
      throw new CommandLine.ParameterException(
          line(), legacy ? "--schema is not for --legacy" : "--prefix needs --legacy");
    }
    var fixed = VisualSchema.of(schema == null ? "{}" : read(schema));
    var limits = FileLimits.of(environment);
    int exitCode = 0;
    try (var providers = Providers.withoutGates();
        var decoder = Decoders.open(Path.of(System.getProperty("java.io.tmpdir")), 1)) {
      var captioner = VisionModels.find(environment, providers).orElseGet(MeasuringCaptioner::new);
      for (Path file : files) {
        if (!caption(file, new Wanted(captioner, fixed, limits), decoder)) exitCode = FAILED;
      }
    }
    return exitCode;
  }

  private String read(Path text) {
    try {
      return Files.readString(text);
    } catch (IOException e) {
      throw new CommandLine.ParameterException(line(), text + " cannot be read: " + e, e);
    }
  }

  /// Who captions, under which schema, files of which measures.
  private record Wanted(Captioner captioner, VisualSchema schema, ImageLimits limits) {}

  private boolean caption(Path file, Wanted wanted, Decoder decoder) throws InterruptedException {
    try (var memory = Arena.ofConfined();
        var channel = FileChannel.open(file)) {
      var image = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), memory);
      return print(file, wanted.captioner().author(), caption(image, wanted, decoder));
    } catch (FailureException e) {
      return refuse(file, e.failure().message());
    } catch (NoSuchFileException _) {
      return refuse(file, "There is no such file.");
    } catch (IOException e) {
      return refuse(file, "The file cannot be read: " + e.getMessage());
    }
  }

  private Captioning caption(MemorySegment image, Wanted wanted, Decoder decoder)
      throws IOException, InterruptedException {
    return switch (new ImageInspector(decoder, wanted.limits()).inspect(image)) {
      case Inspection.Rejected(var failure) -> new Captioning.Failed(failure);
      case Inspection.Accepted accepted -> {
        var picture = new InspectedPicture(accepted, image, new ImageRenderer(decoder));
        var captioner = wanted.captioner();
        yield legacy
            ? captioner.describe(picture, prefix == null ? "" : prefix)
            : captioner.describe(picture, wanted.schema());
      }
    };
  }

  private boolean print(Path file, String author, Captioning captioning) {
    return switch (captioning) {
      case Captioning.Failed(var failure) -> refuse(file, failure.message());
      case Captioning.Written(String text) -> {
        PrintWriter out = line().getOut();
        if (!raw) out.printf("%s (%s)%n", file, author);
        out.println(raw || legacy ? text : CaptionListing.of(text));
        out.flush();
        yield true;
      }
    };
  }

  private boolean refuse(Path file, String reason) {
    fail(line(), file + ": " + reason);
    return false;
  }

  private CommandLine line() {
    if (spec == null) throw new IllegalStateException("used outside of a command line");
    return spec.commandLine();
  }
}
