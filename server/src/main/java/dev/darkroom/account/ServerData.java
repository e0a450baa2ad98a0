package dev.darkroom.account;

import dev.darkroom.database.Database;
import dev.darkroom.database.DatabaseSettings;
import dev.darkroom.secret.MasterKey;
import dev.darkroom.secret.SecretSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine.Option;

/// The options that say which server's data a command works on.
final class ServerData {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:DARKROOM_DATA:-data}",
      description = "The server's data directory; DARKROOM_DATA when not given, else data.")
  Path data = Path.of("data");

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      defaultValue = "${env:DARKROOM_DATABASE_URL}",
      description = "The server's PostgreSQL where it is not the embedded one.")
  @Nullable String databaseUrl;

  /// What the commands work on.
  record Accounts(Organizations organizations, ApiTokens tokens, TokenMint mint) {

    static Accounts of(JdbcClient jdbc, MasterKey masterKey) {
      var clock = Clock.systemUTC();
      var organizations = new Organizations(jdbc, clock);
      var tokens = new ApiTokens(jdbc, clock);
      return new Accounts(
          organizations, tokens, new TokenMint(jdbc, organizations, tokens, masterKey, clock));
    }
  }

  /// Gives the accounts to `work`. The database is the running server's, or else one that is
  /// started and brought up to date for this moment.
  <T> T use(Function<Accounts, T> work) {
    var masterKey = MasterKey.load(new SecretSettings(data, System.getenv("DARKROOM_SECRET")));
    try (var database = Database.connectOrStart(new DatabaseSettings(data, databaseUrl))) {
      var source = source(database);
      Flyway.configure().dataSource(source).load().migrate();
      return work.apply(Accounts.of(JdbcClient.create(source), masterKey));
    }
  }

  private static DataSource source(Database database) {
    var source = new DriverManagerDataSource(database.getJdbcUrl());
    source.setUsername(database.getUsername());
    source.setPassword(database.getPassword());
    return source;
  }
}
