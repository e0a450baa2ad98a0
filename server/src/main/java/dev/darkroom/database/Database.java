package dev.darkroom.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/// The database in use, and how to log in: the embedded PostgreSQL or the operator's own.
public final class Database implements JdbcConnectionDetails, AutoCloseable {

  private final DatabaseLogin login;
  private final @Nullable EmbeddedPostgres embedded;

  private Database(DatabaseLogin login, @Nullable EmbeddedPostgres embedded) {
    this.login = login;
    this.embedded = embedded;
  }

  /// For the server: the embedded PostgreSQL is started and owned.
  public static Database start(DatabaseSettings settings) {
    return open(settings, EmbeddedPostgres::start);
  }

  /// For commands beside a server: an embedded PostgreSQL that runs already is used as it is.
  public static Database connectOrStart(DatabaseSettings settings) {
    return open(settings, EmbeddedPostgres::connectOrStart);
  }

  /// The embedded PostgreSQL, where that is the one.
  public Optional<EmbeddedPostgres> embedded() {
    return Optional.ofNullable(embedded);
  }

  /// Whether it is the embedded PostgreSQL of a server that runs.
  public boolean isOfRunningServer() {
    return embedded != null && !embedded.isOwned();
  }

  /// Logs in anew, beside the pool, which hides for seconds why it has no connection to give.
  Health health() {
    var health = Health.up().withDetail("kind", embedded == null ? "external" : "embedded");
    if (embedded != null) health.withDetail("restarts", embedded.restarts());
    try (var _ = login.connect()) {
      return health.build();
    } catch (SQLException e) {
      return health.down().withDetail("reason", String.valueOf(e.getMessage())).build();
    }
  }

  @Override
  public String getJdbcUrl() {
    return login.jdbcUrl();
  }

  @Override
  public @Nullable String getUsername() {
    return login.user();
  }

  @Override
  public @Nullable String getPassword() {
    return login.password();
  }

  @Override
  public void close() {
    if (embedded != null) embedded.close();
  }

  private static Database open(DatabaseSettings settings, Function<Path, EmbeddedPostgres> opener) {
    String url = settings.databaseUrl();
    if (url != null) return new Database(DatabaseLogin.parse(url).check(), null);
    EmbeddedPostgres embedded = opener.apply(settings.data());
    var login = new DatabaseLogin(embedded.jdbcUrl(), embedded.user(), embedded.password());
    return new Database(login, embedded);
  }
}
