package dev.darkroom.torture;

import dev.darkroom.archive.ZipServer;
import dev.darkroom.torture.Moment.Stage;
import dev.darkroom.torture.Reports.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/// What a second node brings where the store is slow, and how soon the steps of a node that is gone
/// are another's. Prints images a second of one node and of two, each put taking 50 ms more, and
/// the seconds after `kill -9` and after SIGTERM, with the heartbeats as they are shipped.
final class NodesBenchmark {

  private static final int IMAGES = 512;
  private static final Duration PUT = Duration.ofMillis(50);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Map<String, String> AS_SHIPPED =
      Map.of("db-scheduler.heartbeat-interval", "2s", "db-scheduler.polling-interval", "200ms");
  private static final String SECONDS =
      "SELECT extract(epoch FROM finished_at - started_at) FROM bulk_upload WHERE finished_at IS NOT NULL";

  private NodesBenchmark() {}

  public static void main(String[] arguments) {
    try (var source = ZipServer.serving(Archives.plain(IMAGES, 64))) {
      var upload = new Upload("fibo", "", Map.of(), source);
      double one = imagesPerSecond(1, upload);
      double two = imagesPerSecond(2, upload);
      System.out.printf(
          "%.1f images/s by one node, %.1f by two: %.2f times%n", one, two, two / one);
      System.out.printf("kill -9: taken over after %.1f s%n", handOver(upload, Cluster::kill));
      System.out.printf("SIGTERM: taken over after %.1f s%n", handOver(upload, Cluster::terminate));
    }
  }

  private static double imagesPerSecond(int nodes, Upload upload) {
    try (var cluster = new Cluster(nodes, AS_SHIPPED)) {
      cluster.api();
      cluster.watch((report, _) -> slowly(report));
      upload.submit(cluster.api());
      List<Double> seconds = List.of();
      while (seconds.isEmpty()) {
        LockSupport.parkNanos(POLL.toNanos());
        seconds = cluster.database().jdbc().sql(SECONDS).query((row, _) -> row.getDouble(1)).list();
      }
      return IMAGES / seconds.getFirst();
    }
  }

  /// Seconds from the end of a node in the middle of a chunk until nothing is with it any more.
  private static double handOver(Upload upload, BiConsumer<Cluster, Node> end) {
    try (var cluster = new Cluster(2, AS_SHIPPED)) {
      var struck = new CompletableFuture<Node>();
      var _ = cluster.api();
      cluster.watch((report, node) -> {
        if (report.moment().equals(new Moment("image", Stage.HAS_PUT))) struck.complete(node);
        return slowly(report);
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

  private static boolean slowly(Report report) {
    if (report.moment().stage() == Stage.PUTS) LockSupport.parkNanos(PUT.toNanos());
    return true;
  }
}
