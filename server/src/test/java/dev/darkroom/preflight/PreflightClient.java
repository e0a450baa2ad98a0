package dev.darkroom.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.bulkupload.UploadClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/// Asks for preflights as a client does, over HTTP.
final class PreflightClient {

  private final ApiClient api;

  PreflightClient(ApiClient api) {
    this.api = api;
  }

  Answer begin(long dataset, String zipUrl, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("zip_url", zipUrl);
    return api.post(path(dataset, ""), body);
  }

  /// Begins one, which must be accepted, and waits for its end.
  JsonNode run(long dataset, String zipUrl, Map<String, Object> more) {
    Answer accepted = begin(dataset, zipUrl, more);
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    return awaitEnd(dataset);
  }

  JsonNode run(long dataset, String zipUrl) {
    return run(dataset, zipUrl, Map.of());
  }

  /// The status in the end; until then its progress never falls.
  JsonNode awaitEnd(long dataset) {
    var last = new AtomicInteger();
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              JsonNode status = status(dataset);
              int progress = status.get("progress_percentage").asInt();
              assertThat(progress).isGreaterThanOrEqualTo(last.getAndSet(progress));
              return status;
            },
            status -> status.get("phase").asString().equals("finished"));
  }

  /// The status, whose numbers must add up whenever it is asked for.
  JsonNode status(long dataset) {
    Answer answer = api.get(path(dataset, "/status"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode status = answer.json();
    int done = status.get("done").asInt();
    int failed = status.get("failed").asInt();
    int undetermined = status.get("undetermined").asInt();
    int total = status.get("total").asInt();
    boolean completed = status.get("status").asString().equals("completed");
    assertThat(status.get("total_processed").asInt()).isEqualTo(done + failed);
    assertThat(done + failed + undetermined).isLessThanOrEqualTo(total);
    if (completed) assertThat(done + failed + undetermined).isEqualTo(total);
    assertThat(status.get("failed_images")).hasSize(failed);
    assertThat(status.get("ignored_entries")).hasSize(status.get("ignored").asInt());
    assertThat(status.get("progress_percentage").asInt() == 100).isEqualTo(completed);
    return status;
  }

  Answer ask(long dataset) {
    return api.get(path(dataset, "/status"));
  }

  static String path(long dataset, String rest) {
    return UploadClient.path(dataset, "/images/bulk-upload/preflight" + rest);
  }
}
