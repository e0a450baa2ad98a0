package dev.darkroom.measuring;

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
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

  /// A file need not be fit for a dataset; it must only be one that can be decoded safely.
  private static final ImageLimits LIMITS = new ImageLimits(100_000_000, 1);

  private final Captioner captioner;

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

  private CaptionCommand(Captioner captioner) {
    this.captioner = captioner;
  }

  /// The command, to be run by itself or below another. Nothing but captions goes to standard
  /// output.
  ///
  /// @param captioners gives the captioner that the environment's variables configure
  public static CommandLine commandLine(Function<Map<String, String>, Captioner> captioners) {
    var line = new CommandLine(new CaptionCommand(captioners.apply(System.getenv())));
    line.setParameterExceptionHandler((e, _) -> {
      fail(e.getCommandLine(), String.valueOf(e.getMessage()));
      return USAGE;
    });
    line.setExecutionExceptionHandler((e, command, _) -> {
      if (!(e instanceof FailureException failure)) throw e;
      fail(command, failure.failure().message());
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
    int exitCode = 0;
    try (var decoder = Decoders.open(Path.of(System.getProperty("java.io.tmpdir")), 1)) {
      for (Path file : files) {
        if (!caption(file, fixed, decoder)) exitCode = FAILED;
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

  private boolean caption(Path file, VisualSchema fixed, Decoder decoder)
      throws InterruptedException {
    try (var memory = Arena.ofConfined();
        var channel = FileChannel.open(file)) {
      var image = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), memory);
      return print(file, caption(image, fixed, decoder));
    } catch (FailureException e) {
      return refuse(file, e.failure().message());
    } catch (NoSuchFileException _) {
      return refuse(file, "There is no such file.");
    } catch (IOException e) {
      return refuse(file, "The file cannot be read: " + e.getMessage());
    }
  }

  private Captioning caption(MemorySegment image, VisualSchema fixed, Decoder decoder)
      throws IOException, InterruptedException {
    return switch (new ImageInspector(decoder, LIMITS).inspect(image)) {
      case Inspection.Rejected(var failure) -> new Captioning.Failed(failure);
      case Inspection.Accepted accepted -> {
        var picture = new InspectedPicture(accepted, image, new ImageRenderer(decoder));
        yield legacy
            ? captioner.describe(picture, prefix == null ? "" : prefix)
            : captioner.describe(picture, fixed);
      }
    };
  }

  private boolean print(Path file, Captioning captioning) {
    return switch (captioning) {
      case Captioning.Failed(var failure) -> refuse(file, failure.message());
      case Captioning.Written(String text) -> {
        PrintWriter out = line().getOut();
        if (!raw) out.printf("%s (%s)%n", file, captioner.author());
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
