package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/// Makes projects, datasets and bulk uploads as a client does, over HTTP.
public final class UploadClient {

  private final ApiClient api;

  public UploadClient(TestServer server) {
    this(ApiClient.of(server));
  }

  public UploadClient(ApiClient api) {
    this.api = api;
  }

  public ApiClient api() {
    return api;
  }

  /// The id of a new advanced dataset in a project of its own.
  public long dataset(String trainingVersion) {
    return dataset(trainingVersion, "advanced");
  }

  public long dataset(String trainingVersion, String uploadType) {
    Answer project =
        api.post(
            "/tailored-gen/projects",
            Map.of("project_name", "p", "ip_medium", "photography", "ip_type", "other"));
    assertThat(project.status()).as(project.text()).isEqualTo(201);
    Answer dataset =
        api.post(
            "/tailored-gen/datasets",
            Map.of(
                "project_id",
                project.json().get("id").asLong(),
                "name",
                "d",
                "upload_type",
                uploadType,
                "training_version",
                trainingVersion));
    assertThat(dataset.status()).as(dataset.text()).isEqualTo(201);
    return dataset.json().get("id").asLong();
  }

  public Answer submit(long datasetId, String zipUrl) {
    return submit(datasetId, zipUrl, Map.of());
  }

  public Answer submit(long datasetId, String zipUrl, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("zip_url", zipUrl);
    return api.post(path(datasetId, "/images/bulk-upload"), body);
  }

  /// Submits, which must be accepted, and waits for the end.
  public JsonNode upload(long datasetId, String zipUrl) {
    return upload(datasetId, zipUrl, Map.of());
  }

  public JsonNode upload(long datasetId, String zipUrl, Map<String, Object> more) {
    Answer accepted = submit(datasetId, zipUrl, more);
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    return awaitEnd(datasetId);
  }

  /// The status in the end; until then its progress never falls.
  public JsonNode awaitEnd(long datasetId) {
    var last = new AtomicInteger();
    return await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              JsonNode status = status(datasetId);
              int progress = status.get("progress_percentage").asInt();
              assertThat(progress).isGreaterThanOrEqualTo(last.getAndSet(progress));
              return status;
            },
            status -> status.get("phase").asString().equals("finished"));
  }

  /// The status, whose numbers must add up whenever it is asked for.
  public JsonNode status(long datasetId) {
    Answer answer = api.get(path(datasetId, "/images/bulk-upload/status"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode status = answer.json();
    int done = status.get("done").asInt();
    int failed = status.get("failed").asInt();
    int processed = status.get("total_processed").asInt();
    assertThat(processed).isEqualTo(done + failed);
    assertThat(processed).isLessThanOrEqualTo(status.get("total").asInt());
    assertThat(status.get("failed_images")).hasSize(failed);
    assertThat(status.get("progress_percentage").asInt() == 100)
        .isEqualTo(status.get("status").asString().equals("completed"));
    assertCaptionsAddUp(status);
    return status;
  }

  private static void assertCaptionsAddUp(JsonNode status) {
    JsonNode captions = status.get("captions");
    int settled =
        captions.get("done").asInt()
            + captions.get("failed").asInt()
            + captions.get("skipped").asInt();
    int done = status.get("done").asInt();
    assertThat(settled).as(status.toString()).isLessThanOrEqualTo(done);
    if (status.get("status").asString().equals("completed")) assertThat(settled).isEqualTo(done);
  }

  public JsonNode images(long datasetId) {
    Answer answer = api.get(path(datasetId, "/images"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  public JsonNode datasetAsSeen(long datasetId) {
    return api.get(path(datasetId, "")).json();
  }

  public static String path(long datasetId, String rest) {
    return "/tailored-gen/datasets/" + datasetId + rest;
  }
}
