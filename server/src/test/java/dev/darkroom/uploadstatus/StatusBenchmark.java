package dev.darkroom.uploadstatus;

import dev.darkroom.api.ApiClient;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.samples.SampleImages;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// What 200 clients cost that follow uploads on one node with a heap of 256 MB while it works on
/// another: a third polls a status with 5 000 failures, a third does so with the ETag that it has,
/// a third lists 5 000 images with captions of 900 characters. Prints requests a second and the
/// times of each third, and the pace of the upload alone and beside them: first with clients that
/// pause for a second between two requests, then with such that never do.
///
/// Server, database, source and clients share the machine, so the figures say what is too slow, and
/// not what a server can do. `-Dstatus.images=200` makes the upload smaller.
final class StatusBenchmark {

  private static final int CLIENTS = 200;
  private static final int MANY = 5000;
  private static final int SIDE = 1024;
  private static final int IMAGES = Integer.getInteger("status.images", 600);

  private final ApiClient api;
  private final UploadClient uploads;
  private final URI base;

  private StatusBenchmark(int port) {
    this.api = ApiClient.ofPort(port);
    this.uploads = new UploadClient(api);
    this.base = URI.create("http://127.0.0.1:" + port);
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    byte[] photo = SampleImages.jpeg(SIDE, SIDE);
    try (var node = ServingNode.start();
        var broken = ZipServer.serving(zip(MANY, new byte[] {'x'}));
        var tiny = ZipServer.serving(zip(MANY, SampleImages.png(64, 64)));
        var photos = ZipServer.serving(zip(IMAGES, photo))) {
      new StatusBenchmark(node.port()).run(node, broken, tiny, photos);
      System.out.println("complaints of the server: " + node.complaints());
    }
  }

  private static TestZip zip(int count, byte[] content) {
    return TestZip.with(
        IntStream.range(0, count)
            .mapToObj(n -> TestEntry.file("shoot/%04d.jpg".formatted(n), content).stored())
            .toList());
  }

  private void run(ServingNode node, ZipServer broken, ZipServer tiny, ZipServer photos)
      throws SQLException {
    long failed = upload(broken);
    long listed = upload(tiny);
    caption(node, listed);
    pace(photos); // So that all is warm.
    say("alone", pace(photos));
    for (Duration pause : List.of(Duration.ofSeconds(1), Duration.ZERO)) {
      try (var _ = load(pause, failed, listed)) {
        say("beside %d clients that pause for %s".formatted(CLIENTS, pause), pace(photos));
      }
    }
  }

  private long upload(ZipServer source) {
    long dataset = uploads.dataset("fibo");
    uploads.submit(dataset, source.url());
    awaitEnd(dataset);
    return dataset;
  }

  /// As long as captions of a FIBO dataset are.
  private static void caption(ServingNode node, long dataset) throws SQLException {
    try (var connection = DriverManager.getConnection(node.database().url());
        var statement = connection.createStatement()) {
      statement.execute(
          "UPDATE dataset_image SET caption = repeat('a cat. ', 129), caption_source = 'manual'"
              + " WHERE dataset_id = "
              + dataset);
    }
  }

  /// Images a second of an upload.
  private double pace(ZipServer source) {
    long begin = System.nanoTime();
    upload(source);
    return IMAGES / ((System.nanoTime() - begin) / 1e9);
  }

  private void awaitEnd(long dataset) {
    var wait = api.with("Prefer", "wait=30");
    String status;
    do {
      status = wait.get(statusOf(dataset)).json().get("status").asString();
    } while (!status.equals("completed"));
  }

  private Load load(Duration pause, long failed, long listed) {
    var status = base.resolve(statusOf(failed));
    var tag = api.get(statusOf(failed)).header("ETag").orElseThrow();
    var images = base.resolve(UploadClient.path(listed, "/images"));
    return new Load(pause)
        .with(CLIENTS / 3, "status", 200, status)
        .with(CLIENTS / 3, "status with ETag", 304, status, "If-None-Match", tag)
        .with(CLIENTS - 2 * (CLIENTS / 3), "image list", 200, images);
  }

  private static String statusOf(long dataset) {
    return UploadClient.path(dataset, "/images/bulk-upload/status");
  }

  private static void say(String what, double pace) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    System.out.printf("%s: %.1f images/s (load average %.1f)%n", what, pace, load);
  }
}
