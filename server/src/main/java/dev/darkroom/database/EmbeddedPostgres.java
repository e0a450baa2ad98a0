package dev.darkroom.database;

import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A durable PostgreSQL of our own in the data directory, reached on 127.0.0.1 by a password that
/// is kept there.
///
/// One process at a time owns it, by a lock on the directory, starts it again when it ends by
/// itself ([PostgresKeeper]), and stops it when it closes. A server that an owner left behind,
/// because it was killed, is stopped and started anew: a start takes a tenth of a second, and
/// leaves us with a child of our own whatever the past was.
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

  /// An owner that is being stopped needs a moment to give the directory back.
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(3);

  /// Recovery after a crash replays what was written since the last checkpoint.
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);

  private static final String INVALID_PASSWORD = "28P01";

  private final PostgresCluster cluster;
  private final int port;
  private final @Nullable Ownership ownership;

  /// What the process that owns the server has of it.
  private record Ownership(PostgresKeeper keeper, DataDirectoryLock lock) {}

  private EmbeddedPostgres(PostgresCluster cluster, int port, @Nullable Ownership ownership) {
    this.cluster = cluster;
    this.port = port;
    this.ownership = ownership;
  }

  /// Starts the PostgreSQL of a data directory, which is made where it does not exist. Fails with
  /// [DatabaseFailure.DirectoryInUse] while another process owns it.
  public static EmbeddedPostgres start(Path data) {
    var backoff = new Backoff(LOCK_PATIENCE);
    do {
      Optional<DataDirectoryLock> lock = DataDirectoryLock.tryAcquire(data);
      if (lock.isPresent()) return start(data, lock.get());
    } while (backoff.pause());
    throw inUse(data);
  }

  /// Connects to the PostgreSQL that another process runs on the data directory, or starts it. For
  /// commands that work beside a server as well as without one.
  public static EmbeddedPostgres connectOrStart(Path data) {
    var cluster = new PostgresCluster(home(data));
    var backoff = new Backoff(START_PATIENCE);
    do {
      Optional<DataDirectoryLock> lock = DataDirectoryLock.tryAcquire(data);
      if (lock.isPresent()) return start(data, lock.get());
      Optional<EmbeddedPostgres> running = connect(cluster);
      if (running.isPresent()) return running.get();
    } while (backoff.pause());
    throw inUse(data);
  }

  public String jdbcUrl() {
    return jdbcUrl("postgres");
  }

  /// The URL of another database of the same server.
  public String jdbcUrl(String database) {
    return jdbcUrl(port, database);
  }

  public int port() {
    return port;
  }

  /// How often it has ended by itself, and was started again by this process.
  public int restarts() {
    return ownership == null ? 0 : ownership.keeper().restarts();
  }

  /// Whether this process started it, and stops it.
  boolean isOwned() {
    return ownership != null;
  }

  public String user() {
    return PostgresCluster.USER;
  }

  public String password() {
    return cluster.password();
  }

  /// Stops the server, where this process owns it.
  @Override
  public void close() {
    if (ownership == null) return;
    try (var _ = ownership.lock()) {
      ownership.keeper().stop();
    }
  }

  private static EmbeddedPostgres start(Path data, DataDirectoryLock lock) {
    var cluster = new PostgresCluster(home(data));
    try {
      Files.createDirectories(cluster.home());
      var start = prepare(cluster);
      var process = start.run();
      awaitReady(cluster, process);
      var keeper = new PostgresKeeper(process, start, again -> awaitReady(cluster, again));
      return new EmbeddedPostgres(cluster, process.port(), new Ownership(keeper, lock));
    } catch (IOException e) {
      lock.close();
      throw PostgresCluster.unusable(cluster.home(), e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// All that comes before the start: programs, cluster, account, port.
  private static PostgresKeeper.Start prepare(PostgresCluster cluster) throws IOException {
    var account = PostgresAccount.of(cluster.directory());
    account.requireEntry(cluster.home());
    var binaries = PostgresBinaries.unpack(cluster.home());
    if (cluster.exists()) {
      cluster.checkVersion();
      stopOrphan(cluster);
      account.own(cluster.directory());
    } else {
      cluster.create(binaries, account);
    }
    int port = cluster.choosePort();
    return () -> {
      stopOrphan(cluster);
      return PostgresProcess.start(cluster, binaries, account, port);
    };
  }

  /// The lock is ours, so a server that still runs on the cluster has lost its owner. A process
  /// that only bears the recorded id is left alone, and its record removed: ids are used again.
  private static void stopOrphan(PostgresCluster cluster) throws IOException {
    Optional<PostgresCluster.Running> recorded = cluster.recorded();
    if (recorded.isEmpty()) return;
    var orphan = new PostgresProcess(recorded.get().process(), recorded.get().port());
    if (isServerOf(cluster, orphan)) {
      log.warn("stopping the PostgreSQL (pid {}) that an earlier run left", orphan.handle().pid());
      orphan.stop();
    } else if (!orphan.handle().info().command().orElse("").endsWith("postgres")) {
      Files.delete(cluster.directory().resolve("postmaster.pid"));
    }
  }

  private static boolean isServerOf(PostgresCluster cluster, PostgresProcess process)
      throws IOException {
    Path home = cluster.home().toRealPath();
    return process
            .handle()
            .info()
            .command()
            .map(Path::of)
            .filter(p -> p.startsWith(home))
            .isPresent()
        || connect(cluster).isPresent();
  }

  /// The running server, where it is this cluster's: it takes our password, and names our
  /// directory.
  private static Optional<EmbeddedPostgres> connect(PostgresCluster cluster) {
    return cluster
        .recorded()
        .map(running -> new EmbeddedPostgres(cluster, running.port(), null))
        .filter(EmbeddedPostgres::servesItsCluster);
  }

  private boolean servesItsCluster() {
    try (Connection connection = connect(cluster, port);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW data_directory")) {
      return rows.next() && Files.isSameFile(Path.of(rows.getString(1)), cluster.directory());
    } catch (SQLException | IOException _) {
      return false;
    }
  }

  private static void awaitReady(PostgresCluster cluster, PostgresProcess process) {
    var backoff = new Backoff(START_PATIENCE);
    String reason;
    do {
      try (Connection _ = connect(cluster, process.port())) {
        return;
      } catch (SQLException e) {
        reason = String.valueOf(e.getMessage());
        if (INVALID_PASSWORD.equals(e.getSQLState())) break;
      }
    } while (!process.awaitEnd(backoff.next()) && !backoff.isSpent());
    if (!process.handle().isAlive()) reason = lastLogLine(cluster);
    process.stop();
    throw process.failed(cluster, reason);
  }

  private static Connection connect(PostgresCluster cluster, int port) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", PostgresCluster.USER);
    properties.setProperty("password", cluster.password());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "10");
    return DriverManager.getConnection(jdbcUrl(port, "postgres"), properties);
  }

  private static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  private static String lastLogLine(PostgresCluster cluster) {
    try (var lines = Files.lines(cluster.log())) {
      return lines.filter(line -> line.contains("FATAL")).reduce((_, last) -> last).orElse("ended");
    } catch (IOException _) {
      return "ended at once";
    }
  }

  private static Path home(Path data) {
    return data.toAbsolutePath().normalize().resolve("postgres");
  }

  private static FailureException inUse(Path data) {
    return new FailureException(
        new DatabaseFailure.DirectoryInUse(data, DataDirectoryLock.holder(data)));
  }
}
