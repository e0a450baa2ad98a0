package dev.darkroom.doctor;

import dev.darkroom.database.Database;
import dev.darkroom.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/// Whether the database can be used. That of a running server is asked beside it; an embedded one
/// that does not run is started for the moment, and one that is not there yet is tried out in a
/// scratch folder, so that looking makes nothing.
record DatabaseCheck(Path data, @Nullable String url) {

  private static final String NAME = "database";

  Finding run() throws IOException, SQLException {
    if (url != null && !url.isBlank()) return tell("The PostgreSQL of --database-url", data);
    if (Files.exists(data.resolve("postgres"))) return tell("The built-in PostgreSQL", data);
    Path scratch = Files.createTempDirectory("darkroom-doctor-");
    try {
      // PostgreSQL may have to run as another user than root.
      Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwx--x--x"));
      return tell("The built-in PostgreSQL, tried out since there are no data yet", scratch);
    } finally {
      FileSystemUtils.deleteRecursively(scratch);
    }
  }

  private Finding tell(String subject, Path folder) throws SQLException {
    try (var database = Database.connectOrStart(new DatabaseSettings(folder, url))) {
      String running = database.isOfRunningServer() ? ", of a server that is running" : "";
      return Finding.ok(NAME, "%s%s: %s.".formatted(subject, running, version(database)));
    }
  }

  private static String version(Database database) throws SQLException {
    var login = new Properties();
    if (database.getUsername() != null) login.setProperty("user", database.getUsername());
    if (database.getPassword() != null) login.setProperty("password", database.getPassword());
    try (var connection = DriverManager.getConnection(database.getJdbcUrl(), login)) {
      return "version " + connection.getMetaData().getDatabaseProductVersion();
    }
  }
}
