package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.WireName;
import dev.darkroom.archive.ZipServer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Several uploads at once, looked at all the time: what holds of a status holds at every moment.
class ManyUploadsTest {

  private static final int IMAGES = 300;

  private static TestServer server;
  private static UploadClient client;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.limits.min-dimension", "64"));
    client = new UploadClient(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @Timeout(120)
  void allComplete() {
    try (var source = ZipServer.serving(TinyImages.zip(IMAGES))) {
      List<Long> datasets = IntStream.range(0, 3).mapToObj(_ -> client.dataset("fibo")).toList();
      Map<Long, Instant> updated = new HashMap<>();
      for (long dataset : datasets) {
        updated.put(dataset, updatedAt(dataset));
        assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      }
      follow(datasets);
      for (long dataset : datasets) {
        assertThat(client.images(dataset))
            .extracting(image -> image.get("ordinal").asInt())
            .containsExactlyElementsOf(IntStream.range(0, IMAGES).boxed().toList());
        assertThat(updatedAt(dataset)).as("the images are a change").isAfter(updated.get(dataset));
      }
    }
  }

  /// Polls until all are completed.
  private static void follow(List<Long> datasets) {
    Map<Long, JsonNode> last = new HashMap<>();
    Set<Long> running = new HashSet<>(datasets);
    while (!running.isEmpty()) {
      for (long dataset : datasets) {
        // Which checks that the numbers add up.
        JsonNode status = client.status(dataset);
        JsonNode before = last.put(dataset, status);
        if (before != null) assertNoStepBack(before, status);
        assertThat(status.get("status").asString()).isNotEqualTo("failed");
        if (status.get("status").asString().equals("completed")) {
          assertThat(status.get("done").asInt()).isEqualTo(IMAGES);
          running.remove(dataset);
        }
      }
    }
  }

  private static void assertNoStepBack(JsonNode before, JsonNode after) {
    for (String growing :
        List.of("progress_percentage", "total_processed", "done", "failed", "total", "ignored")) {
      assertThat(after.get(growing).asInt())
          .as(growing)
          .isGreaterThanOrEqualTo(before.get(growing).asInt());
    }
    assertThat(phase(after)).isGreaterThanOrEqualTo(phase(before));
  }

  private static Phase phase(JsonNode status) {
    return WireName.get(Phase.class, status.get("phase").asString());
  }

  private static Instant updatedAt(long dataset) {
    return Instant.parse(client.datasetAsSeen(dataset).get("updated_at").asString());
  }
}
