package dev.darkroom;

import dev.darkroom.database.EmbeddedPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// A scratch database on the one PostgreSQL that all tests of a JVM share. It is started by the
/// first test that asks, and stopped and deleted when the JVM ends.
public record TestDatabase(String name) implements AutoCloseable {

  private static final AtomicInteger MADE = new AtomicInteger();

  public static TestDatabase create() {
    var database = new TestDatabase("test" + MADE.incrementAndGet());
    execute("CREATE DATABASE " + database.name());
    return database;
  }

  /// With user and password, for `darkroom.database-url` and for a data source.
  public String url() {
    EmbeddedPostgres postgres = Shared.POSTGRES;
    return "%s?user=%s&password=%s"
        .formatted(postgres.jdbcUrl(name), postgres.user(), postgres.password());
  }

  @Override
  public void close() {
    execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private static void execute(String sql) {
    EmbeddedPostgres postgres = Shared.POSTGRES;
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Shared {

    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      var scratch = ScratchDirectory.create();
      var postgres = EmbeddedPostgres.start(scratch.path());
      var stop =
          new Thread(() -> {
            postgres.close();
            scratch.close();
          });
      Runtime.getRuntime().addShutdownHook(stop);
      return postgres;
    }
  }
}
