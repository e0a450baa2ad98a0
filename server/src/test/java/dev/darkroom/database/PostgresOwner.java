package dev.darkroom.database;

import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// The main of a child process: owns the PostgreSQL of a data directory, commits a row there, says
/// so, and waits for its end.
final class PostgresOwner {

  private PostgresOwner() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    try (var postgres = EmbeddedPostgres.start(Path.of(arguments[0]))) {
      try (var connection =
              DriverManager.getConnection(
                  postgres.jdbcUrl(), postgres.user(), postgres.password());
          var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE IF NOT EXISTS note (text text)");
        statement.execute("INSERT INTO note VALUES ('kept')");
      }
      System.out.println("committed");
      int _ = System.in.read();
    } catch (FailureException e) {
      System.out.println("refused " + e.failure().message());
    }
  }
}
