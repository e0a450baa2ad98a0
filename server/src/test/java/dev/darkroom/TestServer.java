package dev.darkroom;

import dev.darkroom.caption.GeneratedCaptions;
import dev.darkroom.caption.VisualSchema;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The real application on a free port of loopback, with a scratch database and data directory.
///
/// Start one in `@BeforeAll`, close it in `@AfterAll`; two on one database are two nodes.
public final class TestServer implements AutoCloseable {

  /// The clear text of the admin token that every test server knows.
  public static final String TOKEN = "test-admin-token-0123456789abcdef";

  private final ScratchDirectory scratch;
  private final TestDatabase database;
  private final boolean ownsDatabase;
  private final ConfigurableApplicationContext context;

  private TestServer(
      TestDatabase database,
      boolean ownsDatabase,
      Map<String, String> properties,
      Class<?>... configurations) {
    this.scratch = ScratchDirectory.create();
    this.database = database;
    this.ownsDatabase = ownsDatabase;
    try {
      this.context = run(properties, configurations);
    } catch (RuntimeException e) {
      release();
      throw e;
    }
  }

  public static TestServer start() {
    return start(Map.of());
  }

  /// Starts with `properties`, such as `darkroom.limits.max-images`, over the tests' own, and with
  /// the beans of `configurations` beside the application's.
  public static TestServer start(Map<String, String> properties, Class<?>... configurations) {
    return new TestServer(TestDatabase.create(), true, properties, configurations);
  }

  /// Starts another node on a database, which the caller closes.
  public static TestServer startOn(
      TestDatabase database, Map<String, String> properties, Class<?>... configurations) {
    return new TestServer(database, false, properties, configurations);
  }

  /// Such as `http://127.0.0.1:40123`.
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /// Where it is another one.
  public int managementPort() {
    return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
  }

  public String token() {
    return TOKEN;
  }

  public Path data() {
    return scratch.path();
  }

  public TestDatabase database() {
    return database;
  }

  public JdbcClient jdbc() {
    return bean(JdbcClient.class);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /// Where there are several of the type.
  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  /// Fails where a caption was stored that breaks the rules of its dataset, or the bytes of a
  /// dataset's images do not add up: whatever a test is about, every generated caption is valid,
  /// with what the visual schema fixes word for word, and quotas know what they count.
  @Override
  public void close() {
    try {
      requireValidCaptions();
      requireExactSums();
    } catch (DataAccessResourceFailureException _) {
      // The test has taken the database away.
    } finally {
      context.close();
      release();
    }
  }

  private void requireValidCaptions() {
    jdbc()
        .sql(
            """
            SELECT caption, caption_schema_hash, visual_schema
            FROM dataset_image JOIN dataset ON dataset.id = dataset_id
            WHERE caption IS NOT NULL AND caption_schema_hash IS NOT NULL AND visual_schema IS NOT NULL
            """)
        .query(row -> {
          String schema = row.getString("visual_schema");
          boolean same =
              VisualSchema.of(schema).hash().equals(row.getString("caption_schema_hash"));
          GeneratedCaptions.assertValid(row.getString("caption"), same ? schema : null);
        });
  }

  private void requireExactSums() {
    var wrong =
        jdbc()
            .sql(
                """
                SELECT id FROM dataset LEFT JOIN dataset_storage ON dataset_id = id
                WHERE coalesce(bytes, 0) <>
                  (SELECT coalesce(sum(size_bytes), 0) FROM dataset_image WHERE dataset_image.dataset_id = dataset.id)
                """)
            .query((row, _) -> row.getLong("id"))
            .list();
    if (!wrong.isEmpty()) {
      throw new AssertionError("the bytes of the datasets %s do not add up".formatted(wrong));
    }
  }

  private void release() {
    if (ownsDatabase) database.close();
    scratch.close();
  }

  private ConfigurableApplicationContext run(
      Map<String, String> properties, Class<?>... configurations) {
    Map<String, String> all = new HashMap<>();
    all.put("server.port", "0");
    all.put("server.address", "127.0.0.1");
    all.put("darkroom.data", scratch.path().toString());
    all.put("darkroom.store", scratch.path().resolve("objects").toString());
    all.put("darkroom.database-url", database.url());
    all.put("darkroom.token", TOKEN);
    all.put("spring.main.register-shutdown-hook", "false");
    all.putAll(properties);
    var application = new SpringApplication(Application.class);
    application.addPrimarySources(List.of(configurations));
    return application.run(
        all.entrySet().stream()
            .map(property -> "--" + property.getKey() + "=" + property.getValue())
            .toArray(String[]::new));
  }
}
