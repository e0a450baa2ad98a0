package dev.darkroom.torture;

import dev.darkroom.api.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One of the nodes: a process that can be killed, frozen and started again. Its name is another
/// one after every start. One that ends while it starts, because the database is out just then, is
/// started again, as what supervises a node does. Safe for use by many threads at once.
final class Node implements AutoCloseable {

  private static final List<String> JVM =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx256m",
          "--enable-native-access=ALL-UNNAMED",
          "-Djava.awt.headless=true",
          "-Ddarkroom.runtime=" + System.getProperty("darkroom.runtime", ""),
          "-cp",
          System.getProperty("java.class.path"));

  /// A busy machine starts three at a time.
  private static final int START_SECONDS = 240;

  private static final int EXIT_SECONDS = 60;

  /// More failed starts in a row are no fault of the database's.
  private static final int STARTS = 10;

  /// The exit code of a start that failed, as against the end by a signal.
  private static final int FAILED_START = 1;

  private final int number;
  private final Class<?> program;
  private final Map<String, String> properties;
  private final Path directory;
  private int starts;
  private @Nullable Process process;
  private CompletableFuture<Integer> port = new CompletableFuture<>();
  private boolean frozen;

  /// @param program its main class, which takes properties as `--name=value`
  /// @param directory for what it keeps, and its log
  Node(int number, Class<?> program, Map<String, String> properties, Path directory) {
    this.number = number;
    this.program = program;
    this.properties = Map.copyOf(properties);
    this.directory = directory;
  }

  /// Starts it, where it does not run.
  synchronized void start() {
    start(STARTS);
  }

  /// @param times how often at most, until it answers requests
  private void start(int times) {
    if (process != null && process.isAlive()) return;
    starts++;
    if (port.isDone()) port = new CompletableFuture<>();
    List<String> command = new ArrayList<>(JVM);
    command.add(program.getName());
    properties.forEach((name, value) -> command.add("--%s=%s".formatted(name, value)));
    command.add("--darkroom.data=" + directory.resolve("node-" + number));
    command.add("--db-scheduler.scheduler-name=" + name());
    try {
      var started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log().toFile()))
              .start();
      process = started;
      var _ = started.onExit().thenRun(() -> ended(started, times));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void ended(Process ended, int times) {
    boolean byItself = ended.equals(process) && ended.exitValue() == FAILED_START;
    if (byItself && times > 1 && !port.isDone()) start(times - 1);
  }

  synchronized String name() {
    return "node-%d-%d".formatted(number, starts);
  }

  /// To be called when it answers requests on the port.
  synchronized void ready(int atPort) {
    port.complete(atPort);
  }

  /// Waits until it answers requests.
  ApiClient api() {
    CompletableFuture<Integer> awaited;
    synchronized (this) {
      awaited = port;
    }
    return ApiClient.ofPort(awaited.orTimeout(START_SECONDS, TimeUnit.SECONDS).join());
  }

  /// As `kill -9` does, and waits until it is gone.
  synchronized void kill() {
    if (process == null) return;
    process.destroyForcibly();
    awaitExit(process);
    frozen = false;
  }

  /// Asks it to end, as `kill` does, and gives what waits for that end.
  synchronized Runnable terminate() {
    Process ending = Objects.requireNonNull(process);
    ending.toHandle().destroy();
    return () -> awaitExit(ending);
  }

  synchronized void freeze() {
    signal("STOP");
    frozen = true;
  }

  synchronized void thaw() {
    if (frozen) signal("CONT");
    frozen = false;
  }

  synchronized boolean isFrozen() {
    return frozen;
  }

  /// The last lines of its log.
  String lastWords(int lines) {
    try {
      List<String> all = Files.readAllLines(log());
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  Path log() {
    return directory.resolve("node-%d.log".formatted(number));
  }

  /// Keeps all of its threads, and the decoders that it starts from now on, on one core.
  synchronized void stayOn(int core) {
    var pid = Long.toString(Objects.requireNonNull(process).pid());
    try {
      var taskset =
          new ProcessBuilder("taskset", "-a", "-p", "-c", Integer.toString(core), pid)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      if (taskset.waitFor() != 0) throw new IllegalStateException("taskset does not work here");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private void signal(String signal) {
    if (process == null) return;
    try {
      var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
      awaitExit(kill);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitExit(Process process) {
    try {
      if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("process %d runs on".formatted(process.pid()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
