package dev.darkroom.torture;

import static org.awaitility.Awaitility.await;

import dev.darkroom.ScratchDirectory;
import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.storage.S3Server;
import dev.darkroom.torture.Reports.Report;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Nodes on one database and one store, all of them processes of the test's. The nodes tell it of
/// every moment of their work; faults are done to it at some of them.
final class Cluster implements AutoCloseable, Reports.Listener {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// What listens to the nodes' work. Called by many threads at once.
  @FunctionalInterface
  interface Watcher {
    /// Tells whether what the moment is about can be had; the node goes on then.
    boolean reached(Report report, Node node);
  }

  private final ScratchDirectory scratch = ScratchDirectory.create();
  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Future<?>> repairs = new ConcurrentLinkedQueue<>();
  private final Runs runs = new Runs();
  private final OwnDatabase database;
  private final S3Server store;
  private final Reports reports;
  private final List<Node> nodes;
  private volatile Watcher watcher = (_, _) -> true;

  /// @param more properties over the tests' own
  Cluster(int size, Map<String, String> more) {
    this(size, TortureNode.class, more);
  }

  /// @param program the nodes' main class
  Cluster(int size, Class<?> program, Map<String, String> more) {
    database = new OwnDatabase(scratch.path());
    store = S3Server.start();
    reports = new Reports(this);
    nodes =
        IntStream.range(0, size)
            .mapToObj(n -> new Node(n, program, properties(more), scratch.path()))
            .toList();
    nodes.forEach(Node::start);
  }

  void watch(Watcher watcher) {
    this.watcher = watcher;
  }

  OwnDatabase database() {
    return database;
  }

  S3Server store() {
    return store;
  }

  Runs runs() {
    return runs;
  }

  List<Node> nodes() {
    return nodes;
  }

  /// Waits until every node answers requests, and gives a client of one of them.
  ApiClient api() {
    awaitRepairs();
    return nodes.stream().map(Node::api).toList().getFirst();
  }

  /// Kills a node, which is started again.
  void kill(Node node) {
    String name = node.name();
    node.kill();
    runs.gone(name);
    inBackground(node::start);
  }

  /// Has a node end, which is started again.
  void terminate(Node node) {
    String name = node.name();
    Runnable end = node.terminate();
    inBackground(() -> {
      end.run();
      runs.gone(name);
      node.start();
    });
  }

  /// Freezes a node until the others have what it was at.
  void freezeUntilOvertaken(Node node) {
    String name = node.name();
    node.freeze();
    inBackground(() -> {
      try {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> tasksOf(name) == 0);
      } finally {
        node.thaw();
      }
    });
  }

  /// Lets frozen nodes go on, and waits until they have ended what they were at.
  void thawAll() {
    for (Node node : nodes) {
      if (!node.isFrozen()) continue;
      node.thaw();
      await().atMost(PATIENCE).until(() -> runs.noneOf(node.name()));
    }
  }

  @Override
  public void ready(String node, int port) {
    nodes.stream().filter(each -> each.name().equals(node)).forEach(each -> each.ready(port));
  }

  @Override
  public boolean reached(Report report) {
    runs.note(report);
    for (Node node : nodes) {
      if (node.name().equals(report.node())) return watcher.reached(report, node);
    }
    return true;
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
    background.shutdownNow();
    reports.close();
    store.close();
    database.close();
    scratch.close();
  }

  private Map<String, String> properties(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(store.properties());
    properties.put("server.port", "0");
    properties.put("server.address", "127.0.0.1");
    properties.put("darkroom.database-url", database.url());
    properties.put("darkroom.token", TestServer.TOKEN);
    properties.put("darkroom.secret", "a-master-key-of-the-tests-0123456789abcdef");
    properties.put("darkroom.fetch.allow-addresses", "127.0.0.1/32");
    properties.put("darkroom.fetch.idle-timeout", "2s");
    properties.put("darkroom.limits.min-dimension", "64");
    properties.put("darkroom.job.retry-delay", "100ms");
    // Six seconds until a node is taken for dead: sooner than as shipped, and not so soon that on a
    // busy machine the nodes take each other for dead without end.
    properties.put("db-scheduler.heartbeat-interval", "1s");
    properties.put("db-scheduler.missed-heartbeats-limit", "6");
    properties.put("db-scheduler.polling-interval", "100ms");
    // As with the heartbeats: else a round would wait for ten seconds where a node freezes.
    properties.put(
        "spring.datasource.hikari.connection-init-sql",
        "SET idle_in_transaction_session_timeout = '5s'");
    // Together with the test's, fewer than the database takes.
    properties.put("spring.datasource.hikari.maximum-pool-size", "12");
    properties.put("torture.observer", reports.url().toString());
    properties.putAll(more);
    return properties;
  }

  /// How many steps a node has begun, or was about to, and has not given back.
  int tasksOf(String node) {
    return database
        .jdbc()
        .sql("SELECT count(*) FROM scheduled_tasks WHERE picked AND picked_by = :node")
        .param("node", node)
        .query((row, _) -> row.getInt(1))
        .single();
  }

  private void inBackground(Runnable repair) {
    repairs.add(background.submit(repair));
  }

  /// Fails where one failed.
  private void awaitRepairs() {
    for (Future<?> repair = repairs.poll(); repair != null; repair = repairs.poll()) {
      try {
        repair.get();
      } catch (ExecutionException failed) {
        throw new IllegalStateException("what was struck does not come back", failed);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
