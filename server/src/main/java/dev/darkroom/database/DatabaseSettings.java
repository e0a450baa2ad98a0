package dev.darkroom.database;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which database to use.
///
/// @param data the data directory, which holds the embedded PostgreSQL
/// @param databaseUrl a PostgreSQL that is used in place of the embedded one
@ConfigurationProperties("darkroom")
public record DatabaseSettings(@DefaultValue("data") Path data, @Nullable String databaseUrl) {

  public DatabaseSettings {
    if (databaseUrl != null && databaseUrl.isBlank()) databaseUrl = null;
    if (databaseUrl != null) {
      var _ = DatabaseLogin.parse(databaseUrl);
    }
  }

  /// Without the URL, which may hold a password.
  @Override
  public String toString() {
    return "DatabaseSettings[" + data + "]";
  }
}
