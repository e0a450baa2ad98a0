package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The whole way on one machine: pictures, a server, an upload for each kind of dataset, captions,
/// and a check that exactly the pictures that must fail did.
final class Demo {

  private static final int SHOWN_IMAGES = 3;

  /// Enough to show the second kind of dataset.
  private static final int LEGACY_IMAGES = 60;

  /// What was asked for; without `data` the server's data is scratch.
  record Plan(Path home, int images, long seed, int port, @Nullable Path data, boolean exit) {}

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
    List<DemoUpload> uploads = makeSamples(scratch, cleanup);
    Path data = plan.data() == null ? scratch.resolve("data") : plan.data().toAbsolutePath();
    int port = ServerPort.choose(plan.port());
    if (plan.port() == 0 && port != ServerPort.USUAL) {
      say("Port %d is taken, so the server gets %d.".formatted(ServerPort.USUAL, port));
    }
    String token = newToken();
    URI base = URI.create("http://127.0.0.1:" + port);
    Darkroom darkroom = cleanup.open(() -> new Darkroom(base, token));
    var zipPorts = uploads.stream().map(DemoUpload::zipPort).toList();
    var launch = new ServerProcess.Launch(plan.home(), port, data, zipPorts);
    Path log = scratch.resolve("server.log");
    say("Starting a server at %s ...".formatted(base));
    ServerProcess server = cleanup.open(() -> ServerProcess.start(launch, token, log));
    server.awaitReady(darkroom, pacing);

    List<String> differences = new ArrayList<>();
    for (DemoUpload upload : uploads) differences.addAll(show(upload, darkroom, token));
    boolean right = tell(differences);
    if (!plan.exit()) {
      terminal.out().println("  data         " + data);
      terminal.out().println("  server       process %d, log %s".formatted(server.pid(), log));
      terminal.out().println("The server runs until Ctrl-C.");
      server.awaitEnd();
    }
    return right ? Exit.OK : Exit.FAILED;
  }

  private List<DemoUpload> makeSamples(Path scratch, Cleanup cleanup) throws Exception {
    say("Making %d sample pictures ...".formatted(plan.images()));
    // Where the samples look for libvips, which writes the WebP among them.
    System.setProperty("darkroom.runtime", ServerProcess.runtime(plan.home()).toString());
    List<DemoUpload> uploads = new ArrayList<>();
    for (var kind : DemoUpload.Kind.values()) {
      int images =
          kind == DemoUpload.Kind.FIBO ? plan.images() : Math.min(plan.images(), LEGACY_IMAGES);
      var pictures = new DemoUpload.Pictures(images, plan.seed());
      var upload = DemoUpload.prepare(kind, scratch, pictures, cleanup);
      say(upload.toString());
      uploads.add(upload);
    }
    return uploads;
  }

  /// Follows one upload to its end, shows what came of it, and tells what is not as it must be.
  private List<String> show(DemoUpload upload, Darkroom darkroom, String token) {
    var requests = new PatientRequests(darkroom, LineDisplay.of(terminal), pacing);
    long datasetId = upload.start(darkroom, requests);
    var display = new ProgressDisplay(terminal);
    var outcome = new Follower(darkroom, display, pacing).follow(datasetId);
    terminal.out().println();
    new ResultPrinter(terminal, false).print(datasetId, outcome);
    List<JsonObject> images = firstImages(darkroom, datasetId);
    printCaptions(images);
    if (!plan.exit()) printLinks(darkroom, datasetId, token, images);
    return upload.differences(outcome.status());
  }

  private static List<JsonObject> firstImages(Darkroom darkroom, long datasetId) {
    String images = "/tailored-gen/datasets/%d/images".formatted(datasetId);
    Reply first = darkroom.get(images + "?page=1&num_results_per_page=" + SHOWN_IMAGES);
    return Json.objects(first.array()).stream().limit(SHOWN_IMAGES).toList();
  }

  private void printCaptions(List<JsonObject> images) {
    terminal.out().println();
    terminal.out().println("Captions:");
    for (JsonObject image : images) {
      terminal.out().println("  " + Printable.of(image.getString("image_name", "")));
      terminal
          .out()
          .println("    " + Printable.of(new CaptionText(image.getString("caption")).summary()));
    }
  }

  private boolean tell(List<String> differences) {
    differences.forEach(line -> terminal.err().println("darkroom: " + line));
    if (differences.isEmpty()) {
      terminal.out().println();
      terminal
          .out()
          .println(
              "As expected: every picture that is good is in, with a caption; every other is refused.");
    }
    return differences.isEmpty();
  }

  private void printLinks(
      Darkroom darkroom, long datasetId, String token, List<JsonObject> images) {
    var out = terminal.out();
    out.println();
    out.println("Look around:");
    out.println(
        "  status       curl -H 'api_token: %s' %s"
            .formatted(token, darkroom.statusUrl(datasetId)));
    out.println("  pictures     " + darkroom.url("/console/datasets/%d".formatted(datasetId)));
    out.println("               sign in with the token " + token);
    for (JsonObject image : images) {
      out.println("  image        " + Printable.of(image.getString("image_url", "")));
      out.println("  thumbnail    " + Printable.of(image.getString("thumbnail_url", "")));
    }
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
