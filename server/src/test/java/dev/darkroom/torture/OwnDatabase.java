package dev.darkroom.torture;

import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.database.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A PostgreSQL of the test's own, which it stops, kills and starts again on the same port.
final class OwnDatabase implements AutoCloseable {

  private final Path directory;
  private final String url;
  private final HikariDataSource connections = new HikariDataSource();
  private EmbeddedPostgres postgres;

  OwnDatabase(Path directory) {
    this.directory = directory;
    this.postgres = EmbeddedPostgres.start(directory);
    this.url =
        "%s?user=%s&password=%s"
            .formatted(postgres.jdbcUrl(), postgres.user(), postgres.password());
    connections.setJdbcUrl(url);
    connections.setMaximumPoolSize(3);
  }

  /// With user and password.
  String url() {
    return url;
  }

  JdbcClient jdbc() {
    return JdbcClient.create(connections);
  }

  /// Ends all sessions, and begins anew.
  synchronized void restart() {
    postgres.close();
    start();
  }

  /// Begins anew as after a power cut.
  synchronized void crash() {
    ProcessHandle server = server();
    server.destroyForcibly();
    server.onExit().join();
    postgres.close();
    start();
  }

  @Override
  public synchronized void close() {
    connections.close();
    postgres.close();
  }

  /// The sessions of a server that was killed end a moment after it, and keep a new one from
  /// starting until then.
  private void start() {
    postgres =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .ignoreExceptions()
            .until(() -> EmbeddedPostgres.start(directory), _ -> true);
    if (!url.startsWith(postgres.jdbcUrl())) {
      throw new IllegalStateException("the database came back at " + postgres.jdbcUrl());
    }
  }

  private ProcessHandle server() {
    Path record = directory.resolve("postgres").resolve("cluster").resolve("postmaster.pid");
    try {
      long pid = Long.parseLong(Files.readAllLines(record).getFirst().strip());
      return ProcessHandle.of(pid).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
