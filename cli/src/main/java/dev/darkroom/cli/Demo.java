package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import dev.darkroom.samples.LoopbackFileServer;
import dev.darkroom.samples.SampleArchive;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The whole way on one machine: pictures, a ZIP, a server, an upload, and a check that exactly the
/// pictures that must fail did.
final class Demo {

  private static final String PROJECT = "Demo";
  private static final int LINKED_IMAGES = 3;

  /// What was asked for; without `data` the server's data is scratch.
  record Plan(Path home, int images, long seed, int port, @Nullable Path data, boolean exit) {}

  private record Sample(URI zip, SampleArchive.Expected expected) {}

  private final Plan plan;
  private final Terminal terminal;
  private final Pacing pacing;

  Demo(Plan plan, Terminal terminal, Pacing pacing) {
    this.plan = plan;
    this.terminal = terminal;
    this.pacing = pacing;
  }

  int run(Cleanup cleanup) throws Exception {
    Path scratch = cleanup.open(ScratchFolder::create).path();
    Sample sample = makeSample(scratch, cleanup);
    Path data = plan.data() == null ? scratch.resolve("data") : plan.data().toAbsolutePath();
    int port = ServerPort.choose(plan.port());
    if (plan.port() == 0 && port != ServerPort.USUAL) {
      say("Port %d is taken, so the server gets %d.".formatted(ServerPort.USUAL, port));
    }
    String token = newToken();
    URI base = URI.create("http://127.0.0.1:" + port);
    Darkroom darkroom = cleanup.open(() -> new Darkroom(base, token));
    var launch = new ServerProcess.Launch(plan.home(), port, data, sample.zip().getPort());
    Path log = scratch.resolve("server.log");
    say("Starting a server at %s ...".formatted(base));
    ServerProcess server = cleanup.open(() -> ServerProcess.start(launch, token, log));
    server.awaitReady(darkroom, pacing);

    long datasetId = startUpload(darkroom, sample.zip());
    var display = new ProgressDisplay(terminal);
    var outcome = new Follower(darkroom, display, pacing).follow(datasetId);
    new ResultPrinter(terminal, false).print(datasetId, outcome, darkroom);
    boolean right = check(outcome.status(), sample.expected());
    if (!plan.exit()) {
      printLinks(darkroom, datasetId, token);
      terminal.out().println("  data         " + data);
      terminal.out().println("  server       process %d, log %s".formatted(server.pid(), log));
      terminal.out().println("The server runs until Ctrl-C.");
      server.awaitEnd();
    }
    return right ? Exit.OK : Exit.FAILED;
  }

  private Sample makeSample(Path scratch, Cleanup cleanup) throws Exception {
    Path zip = scratch.resolve("samples.zip");
    say("Making %d sample pictures ...".formatted(plan.images()));
    // Where the samples look for libvips, which writes the WebP among them.
    System.setProperty("darkroom.runtime", ServerProcess.runtime(plan.home()).toString());
    var expected = SampleArchive.write(zip, plan.images(), plan.seed());
    say(
        String.format(
            Locale.ROOT,
            "A ZIP of %.1f MB; %d more pictures in it must be refused.",
            Files.size(zip) / 1e6,
            expected.failed()));
    LoopbackFileServer files = cleanup.open(() -> LoopbackFileServer.start(zip));
    return new Sample(files.uri(), expected);
  }

  private static long startUpload(Darkroom darkroom, URI zip) {
    long datasetId = new Workspace(darkroom).newDataset(PROJECT, "Sample pictures", "fibo");
    var body = new JsonObject();
    body.put("zip_url", zip.toString());
    var _ = darkroom.post(Darkroom.bulkUploadPath(datasetId), body);
    return datasetId;
  }

  private boolean check(UploadStatus status, SampleArchive.Expected expected) {
    List<String> differences = differences(status, expected);
    differences.forEach(line -> terminal.err().println("darkroom: " + line));
    if (differences.isEmpty()) {
      terminal.out().println();
      terminal
          .out()
          .println("As expected: every picture that is good is in, every other is refused.");
    }
    return differences.isEmpty();
  }

  static List<String> differences(UploadStatus status, SampleArchive.Expected expected) {
    List<String> differences = new ArrayList<>();
    if (status.state() != UploadStatus.State.COMPLETED) {
      differences.add("the upload ended %s.".formatted(status.state()));
    }
    var counts = status.counts();
    differ("done", counts.done(), expected.done(), differences);
    differ("failed", counts.failed(), expected.failed(), differences);
    differ("ignored", counts.ignored(), expected.ignored(), differences);
    return differences;
  }

  private static void differ(String name, int actual, int expected, List<String> differences) {
    if (actual == expected) return;
    differences.add("%s is %d where the samples make %d.".formatted(name, actual, expected));
  }

  private void printLinks(Darkroom darkroom, long datasetId, String token) {
    var out = terminal.out();
    out.println();
    out.println("Look around:");
    out.println(
        "  status       curl -H 'api_token: %s' %s"
            .formatted(token, darkroom.statusUrl(datasetId)));
    String images = "/tailored-gen/datasets/%d/images".formatted(datasetId);
    Reply first = darkroom.get(images + "?page=1&num_results_per_page=" + LINKED_IMAGES);
    first.array().stream()
        .limit(LINKED_IMAGES)
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .forEach(image -> {
          out.println("  image        " + Printable.of(image.getString("image_url", "")));
          out.println("  thumbnail    " + Printable.of(image.getString("thumbnail_url", "")));
        });
  }

  private void say(String text) {
    terminal.err().println(text);
    terminal.err().flush();
  }

  private static String newToken() {
    var bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
