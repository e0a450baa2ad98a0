package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.ScratchDirectory;
import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.database.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A PostgreSQL that is killed or restarted in the middle of an upload.
class DatabaseOutageTest {

  private static final int IMAGES = 130;
  private static final String DATABASE_URL = "darkroom.database-url";

  /// Puts before it happens: the first chunks are under way, and none of them is settled or some
  /// are.
  private static final int MIDDLE = IMAGES;

  @Test
  void losesNothingWhenTheEmbeddedOneIsKilled() {
    try (var server = server("")) {
      completes(server, () -> kill(server.data()));
    }
  }

  @Test
  void losesNothingWhenAnExternalOneIsRestarted() {
    try (var scratch = ScratchDirectory.create();
        var external = new External(scratch.path());
        var server = server(external.url())) {
      completes(server, external::restart);
    }
  }

  @Test
  void losesNothingWhenAnExternalOneIsKilled() {
    try (var scratch = ScratchDirectory.create();
        var external = new External(scratch.path());
        var server = server(external.url())) {
      completes(server, () -> kill(scratch.path()));
    }
  }

  private static TestServer server(String databaseUrl) {
    Map<String, String> properties = new HashMap<>();
    properties.put(DATABASE_URL, databaseUrl);
    properties.put("darkroom.fetch.allow-addresses", "127.0.0.1/32");
    properties.put("darkroom.limits.min-dimension", "64");
    properties.put("db-scheduler.heartbeat-interval", "500ms");
    return TestServer.start(properties, FaultyStore.Configuration.class);
  }

  private static void completes(TestServer server, Runnable fault) {
    var client = new UploadClient(server);
    long dataset = client.dataset("fibo");
    var puts = new AtomicInteger();
    server
        .bean(FaultyStore.class)
        .beforeEachPut(_ -> {
          if (puts.incrementAndGet() == MIDDLE) fault.run();
        });
    try (var source = ZipServer.serving(TinyImages.zip(IMAGES))) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> {
            var answer = client.api().get(UploadClient.path(dataset, "/bulk-upload/status"));
            return isFinal(answer);
          });
    }
    assertThat(puts).hasValueGreaterThanOrEqualTo(MIDDLE);
    assertComplete(server, client, dataset);
  }

  /// While the database is out, that is what every answer says.
  private static boolean isFinal(Answer answer) {
    if (answer.status() == 200) {
      return answer.json().get("phase").asString().equals("finished");
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.type()).isEqualTo("server.unavailable");
    assertThat(answer.header("Retry-After")).hasValue("5");
    return false;
  }

  private static void assertComplete(TestServer server, UploadClient client, long dataset) {
    JsonNode status = client.status(dataset);
    assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
    assertThat(status.get("done").asInt()).isEqualTo(IMAGES);
    assertThat(status.get("failed").asInt()).isZero();
    assertThat(client.images(dataset))
        .extracting(image -> image.get("ordinal").asInt())
        .containsExactlyElementsOf(IntStream.range(0, IMAGES).boxed().toList());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            count(server, "SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'")
                == 0);
    server.bean(CleanUpTask.class).run();
    assertThat(count(server, "SELECT count(*) FROM stored_object")).isEqualTo(IMAGES);
    assertThat(count(server, "SELECT count(*) FROM job WHERE running OR outage_type IS NOT NULL"))
        .isZero();
    assertThat(objects(server)).isEqualTo(2L * IMAGES);
  }

  private static int count(TestServer server, String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }

  private static long objects(TestServer server) {
    try (var files = Files.walk(server.data().resolve("objects"))) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void isAnsweredWithWhatIsOutAndWhenToComeBack() {
    try (var scratch = ScratchDirectory.create();
        var external = new External(scratch.path());
        var server =
            TestServer.start(
                Map.of(
                    DATABASE_URL,
                    external.url(),
                    "spring.datasource.hikari.connection-timeout",
                    "500"))) {
      var client = ApiClient.of(server);
      assertThat(client.get("/tailored-gen/projects").status()).isEqualTo(200);
      assertThat(readiness(server).status()).isEqualTo(200);
      external.stop();
      assertUnavailable(client.get("/tailored-gen/projects"));
      assertUnavailable(client.get("/actuator/health"));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            assertThat(readiness(server).status()).isEqualTo(503);
            assertThat(readiness(server).text()).isEqualTo("{\"status\":\"DOWN\"}");
          });
      assertThat(ApiClient.anonymous(server).get("/actuator/health/liveness").status())
          .isEqualTo(200);
      external.start();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(readiness(server).status()).isEqualTo(200));
      assertThat(client.get("/tailored-gen/projects").status()).isEqualTo(200);
    }
  }

  private static Answer readiness(TestServer server) {
    return ApiClient.anonymous(server).get("/actuator/health/readiness");
  }

  private static void assertUnavailable(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.type()).isEqualTo("server.unavailable");
    assertThat(answer.header("Retry-After")).hasValue("5");
    assertThat(answer.text()).doesNotContain("Exception", "SELECT", "127.0.0.1");
  }

  private static void kill(Path data) {
    try {
      var record = Files.readAllLines(data.resolve("postgres/cluster/postmaster.pid"));
      ProcessHandle.of(Long.parseLong(record.getFirst().strip())).orElseThrow().destroyForcibly();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A PostgreSQL that the server knows by its URL only.
  private static final class External implements AutoCloseable {

    private final Path data;
    private EmbeddedPostgres postgres;

    External(Path data) {
      this.data = data;
      this.postgres = EmbeddedPostgres.start(data);
    }

    String url() {
      return "%s?user=%s&password=%s"
          .formatted(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    void stop() {
      postgres.close();
    }

    void start() {
      int port = postgres.port();
      postgres = EmbeddedPostgres.start(data);
      assertThat(postgres.port()).isEqualTo(port);
    }

    void restart() {
      stop();
      start();
    }

    @Override
    public void close() {
      postgres.close();
    }
  }
}
