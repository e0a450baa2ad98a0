package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.archive.ZipServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the health endpoint tells an admin of each part of the server.
class HealthTest {

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "darkroom.fetch.allow-addresses", "127.0.0.1/32",
          "darkroom.job.retry-delay", "10ms",
          "darkroom.limits.min-dimension", "64",
          "darkroom.captioner.remote.base-url", "http://127.0.0.1:9/v1",
          "darkroom.captioner.remote.model", "m",
          "darkroom.runtime", "no-such-folder",
          "db-scheduler.polling-interval", "20ms");

  private final TestServer server = TestServer.start(PROPERTIES, FaultyStore.Configuration.class);
  private final ApiClient admin = ApiClient.of(server);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void namesEveryPart() {
    var answer = admin.get("/actuator/health");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    var health = answer.json();
    assertThat(health.get("status").asString()).isEqualTo("UP");
    assertThat(health.get("components").propertyNames())
        .contains("captioner", "database", "decoder", "diskSpace", "jobs", "moderator", "store");
    assertThat(health.at("/components/database/details/kind").asString()).isEqualTo("external");
    assertThat(health.at("/components/store/details/place").asString())
        .isEqualTo("directory " + server.data().resolve("objects"));
    assertThat(health.at("/components/store/details/available_bytes").asLong()).isPositive();
    assertThat(health.at("/components/decoder/details/decoder").asString()).isNotBlank();
    assertThat(health.at("/components/captioner/details/is").asString())
        .isEqualTo("m at 127.0.0.1:9");
    assertThat(health.at("/components/moderator/details/is").asString()).startsWith("none: ");
    assertThat(health.at("/components/jobs/details/waiting").asInt()).isZero();
    assertThat(server.data().resolve("objects/health-check")).doesNotExist();
  }

  @Test
  void saysUntilWhenAndWhyAProviderIsNotAskedAndStaysReady() {
    shutGate(false);
    var captioner = awaitDown("captioner");
    assertThat(captioner.at("/details/type").asString()).isEqualTo("provider.unavailable");
    assertThat(captioner.at("/details/reason").asString()).isEqualTo("it answers 503");
    assertThat(captioner.at("/details/asked_again_at").asString())
        .isEqualTo("2100-01-01T00:00:00Z");
    assertReady();
  }

  @Test
  void takesAProviderThatIsOnlyBusyForWell() {
    shutGate(true);
    var answer = admin.get("/actuator/health");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/components/captioner/details/type").asString())
        .isEqualTo("provider.busy");
  }

  private void shutGate(boolean busy) {
    server
        .jdbc()
        .sql(
            """
            INSERT INTO provider_gate (provider, version, failures, open_at, busy, reason)
            VALUES ('captioner', 1, 1, '2100-01-01T00:00:00Z', :busy, 'it answers 503')
            """)
        .param("busy", busy)
        .update();
  }

  @Test
  void saysWhatIsWrongWithTheStoreAndHowManyUploadsWaitForIt() {
    server
        .bean(FaultyStore.class)
        .beforeEachPut(_ -> {
          throw new IOException("the mount is gone");
        });
    var client = new UploadClient(server);
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(TinyImages.zip(1))) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      await().until(() -> !client.status(dataset).get("outage").isNull());
      var store = awaitDown("store");
      assertThat(store.at("/details/type").asString()).isEqualTo("storage.unreachable");
      assertThat(store.at("/details/reason").asString()).contains("the mount is gone");
      var jobs = admin.get("/actuator/health").json().at("/components/jobs");
      assertThat(jobs.get("status").asString()).isEqualTo("UP");
      assertThat(jobs.at("/details/waiting").asInt()).isOne();
      assertThat(jobs.at("/details/type").asString()).isEqualTo("storage.unreachable");
      assertThat(jobs.at("/details/since").asString())
          .isEqualTo(client.status(dataset).at("/outage/since").asString());
      assertReady();
      server.bean(FaultyStore.class).recover();
      assertThat(client.awaitEnd(dataset).get("status").asString()).isEqualTo("completed");
    }
  }

  private JsonNode awaitDown(String component) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              var answer = admin.get("/actuator/health");
              assertThat(answer.status()).isEqualTo(503);
              return answer.json().get("components").get(component);
            },
            part -> part.get("status").asString().equals("DOWN"));
  }

  private void assertReady() {
    var answer = ApiClient.anonymous(server).get("/actuator/health/readiness");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"status\":\"UP\"}");
  }
}
