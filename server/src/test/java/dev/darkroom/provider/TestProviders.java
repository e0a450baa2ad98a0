package dev.darkroom.provider;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.darkroom.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/// A database with the gates of providers, and nodes that share it.
public final class TestProviders implements AutoCloseable {

  /// As in an answer's headers or an exception's message it must never be seen.
  public static final String KEY = "sk-test-0123456789-never-tell";

  private final TestDatabase database = TestDatabase.create();
  private final HikariDataSource source;
  private final JdbcClient jdbc;

  private TestProviders() {
    var pool = new HikariConfig();
    pool.setJdbcUrl(database.url());
    pool.setMaximumPoolSize(8);
    source = new HikariDataSource(pool);
    Flyway.configure().dataSource(source).load().migrate();
    jdbc = JdbcClient.create(source);
  }

  public static TestProviders create() {
    return new TestProviders();
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  /// One more node.
  public Providers node(Clock clock) {
    return new Providers(jdbc, clock, RestClient.builder());
  }

  /// One more node's way to a server with a key, a concurrency of 4 and the deadline.
  public Provider provider(Clock clock, String baseUrl, Duration deadline) {
    return node(clock)
        .open(new ProviderSettings("captioner", baseUrl, KEY, "fake-vision", 4, deadline));
  }

  @Override
  public void close() {
    source.close();
    database.close();
  }
}
