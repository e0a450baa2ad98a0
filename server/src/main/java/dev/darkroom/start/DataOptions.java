package dev.darkroom.start;

import dev.darkroom.database.DatabaseSettings;
import dev.darkroom.secret.SecretSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say where a server's data are; a picocli mixin for commands that work on them.
public final class DataOptions {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Data directory (DARKROOM_DATA; default: ./data)")
  private Path data = Path.of("data");

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description =
          "PostgreSQL 15 or newer, in place of the embedded one, as postgresql://user:password@host/database (DARKROOM_DATABASE_URL)")
  private @Nullable String databaseUrl;

  Path data() {
    return data.toAbsolutePath().normalize();
  }

  DatabaseSettings database() {
    return new DatabaseSettings(data(), databaseUrl);
  }

  SecretSettings secret(@Nullable String secret) {
    return new SecretSettings(data(), secret);
  }

  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    properties.put("darkroom.data", data().toString());
    if (databaseUrl != null) properties.put("darkroom.database-url", databaseUrl);
    return properties;
  }
}
