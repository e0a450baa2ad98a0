package dev.darkroom.torture;

import dev.darkroom.ScratchDirectory;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.torture.Moment.Stage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/// What a second node brings where the store is slow, and how soon the steps of a node that is gone
/// are another's. Prints images a second of one node and of two, each put taking 50 ms more, and
/// the seconds after `kill -9` and after SIGTERM, with the heartbeats as they are shipped.
///
/// Nodes are for machines. Here each has a core of its own; what they share, the database and the
/// source, runs on whichever is free. `-Dnodes.threads=6` gives the nodes fewer threads than they
/// are shipped with, so that it is the store that they wait for, and not the core.
final class NodesBenchmark {

  private static final int IMAGES = 512;
  private static final int UPLOADS = 4;
  private static final int ROUNDS = 3;
  private static final int SIDE = 1024;
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Map<String, String> AS_SHIPPED =
      Map.of("db-scheduler.heartbeat-interval", "2s", "db-scheduler.polling-interval", "200ms");
  private static final String ENDED =
      "SELECT count(*) FROM bulk_upload WHERE finished_at IS NOT NULL";
  private static final String SECONDS =
      """
      SELECT extract(epoch FROM max(finished_at) - min(started_at)) FROM bulk_upload
      WHERE id IN (SELECT id FROM bulk_upload ORDER BY id DESC LIMIT :count)
      """;

  private NodesBenchmark() {}

  public static void main(String[] arguments) {
    byte[] jpeg = SampleImages.jpeg(SIDE, SIDE);
    var entries =
        IntStream.range(0, IMAGES)
            .mapToObj(n -> TestEntry.file("%04d.jpg".formatted(n), jpeg).stored())
            .toList();
    try (var source = ZipServer.serving(TestZip.with(entries))) {
      var upload = new Upload("fibo", "", Map.of(), source);
      double one = imagesPerSecond(1, upload);
      double two = imagesPerSecond(2, upload);
      System.out.printf(
          "%.1f images/s by one node, %.1f by two: %.2f times%n", one, two, two / one);
      System.out.printf("kill -9: taken over after %.1f s%n", handOver(upload, Cluster::kill));
      System.out.printf("SIGTERM: taken over after %.1f s%n", handOver(upload, Cluster::terminate));
    }
  }

  /// Of some uploads at once, and the best of some rounds: the first one finds cold nodes. A single
  /// upload has so few chunks under way that one node takes them all.
  private static double imagesPerSecond(int nodes, Upload upload) {
    try (var objects = ScratchDirectory.create();
        var cluster = new Cluster(nodes, SlowStoreNode.class, onOneCore(objects))) {
      cluster.api();
      for (int n = 0; n < nodes; n++) cluster.nodes().get(n).stayOn(n);
      double best = 0;
      for (int round = 1; round <= ROUNDS; round++) {
        for (int n = 0; n < UPLOADS; n++) upload.submit(cluster.api());
        while (ended(cluster) < round * UPLOADS) LockSupport.parkNanos(POLL.toNanos());
        best = Math.max(best, UPLOADS * IMAGES / seconds(cluster));
      }
      return best;
    }
  }

  private static int ended(Cluster cluster) {
    return cluster.database().jdbc().sql(ENDED).query((row, _) -> row.getInt(1)).single();
  }

  private static double seconds(Cluster cluster) {
    return cluster
        .database()
        .jdbc()
        .sql(SECONDS)
        .param("count", UPLOADS)
        .query((row, _) -> row.getDouble(1))
        .single();
  }

  private static Map<String, String> onOneCore(ScratchDirectory objects) {
    Map<String, String> properties = new HashMap<>(AS_SHIPPED);
    properties.put("db-scheduler.threads", System.getProperty("nodes.threads", "16"));
    properties.put("darkroom.store", objects.path().toString());
    properties.put("darkroom.decoder.children", "1");
    return properties;
  }

  /// Seconds from the end of a node in the middle of a chunk until nothing is with it any more.
  private static double handOver(Upload upload, BiConsumer<Cluster, Node> end) {
    try (var cluster = new Cluster(2, AS_SHIPPED)) {
      var struck = new CompletableFuture<Node>();
      var _ = cluster.api();
      cluster.watch((report, node) -> {
        if (report.moment().equals(new Moment("image", Stage.HAS_PUT))) struck.complete(node);
        return true;
      });
      upload.submit(cluster.api());
      Node node = struck.join();
      String name = node.name();
      long begin = System.nanoTime();
      end.accept(cluster, node);
      while (cluster.tasksOf(name) > 0) LockSupport.parkNanos(POLL.toNanos());
      return (System.nanoTime() - begin) / 1e9;
    }
  }
}
