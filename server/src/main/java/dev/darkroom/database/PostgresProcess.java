package dev.darkroom.database;

import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server process of the embedded PostgreSQL.
///
/// @param port where it listens, on 127.0.0.1
record PostgresProcess(ProcessHandle handle, int port) {

  private static final Logger log = LoggerFactory.getLogger(PostgresProcess.class);

  /// A fast shutdown writes a checkpoint; after this it is killed, and recovers at the next start.
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private static final long MAX_LOG_BYTES = 16 << 20;

  /// Starts the server on a port of 127.0.0.1 and returns at once; it takes connections a little
  /// later.
  static PostgresProcess start(
      PostgresCluster cluster, PostgresBinaries binaries, PostgresAccount account, int port)
      throws IOException {
    var command = new ArrayList<>(ownSession());
    command.addAll(account.command(server(cluster, binaries, port)));
    if (Files.exists(cluster.log()) && Files.size(cluster.log()) > MAX_LOG_BYTES) {
      Files.delete(cluster.log());
    }
    Redirect toLog = Redirect.appendTo(cluster.log().toFile());
    ProcessBuilder builder = Program.prepare(command, cluster.home());
    Process process = builder.redirectErrorStream(true).redirectOutput(toLog).start();
    process.getOutputStream().close();
    return new PostgresProcess(process.toHandle(), port);
  }

  /// Waits for the end of the process, `patience` at most; whether it has ended.
  boolean awaitEnd(Duration patience) {
    try {
      handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL was awaited", e);
    }
  }

  /// Stops the server and waits until it has ended. SIGINT asks for a fast shutdown, which ends the
  /// sessions of others; SIGTERM would wait for them.
  void stop() {
    if (!handle.isAlive()) return;
    String kill = "kill -INT " + handle.pid();
    Program.run(List.of("sh", "-c", kill), Path.of("/"));
    if (awaitEnd(STOP_PATIENCE)) return;
    log.error("PostgreSQL (pid {}) does not stop; killing it", handle.pid());
    handle.destroyForcibly();
    awaitEnd(STOP_PATIENCE);
  }

  /// Ctrl-C goes to every process of the terminal's session; ours must outlive our last statements.
  private static List<String> ownSession() {
    return Program.run(List.of("setsid", "true"), Path.of("/")).succeeded()
        ? List.of("setsid")
        : List.of();
  }

  private static List<String> server(PostgresCluster cluster, PostgresBinaries binaries, int port) {
    var command = new ArrayList<String>();
    command.addAll(List.of(binaries.program("postgres"), "-D", cluster.directory().toString()));
    List.of(
            "listen_addresses=127.0.0.1",
            "port=" + port,
            "unix_socket_directories=",
            "max_connections=50",
            "shared_buffers=64MB",
            "fsync=on",
            "synchronous_commit=on",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
            // Rows hold what clients sent; the log tells that a statement failed, not with what.
            "log_error_verbosity=terse",
            "log_min_error_statement=panic")
        .forEach(setting -> command.addAll(List.of("-c", setting)));
    return command;
  }

  FailureException failed(PostgresCluster cluster, String reason) {
    return new FailureException(new DatabaseFailure.StartFailed("postgres", reason, cluster.log()));
  }
}
