package dev.darkroom.dataset;

import dev.darkroom.api.ApiClient;
import java.util.HashMap;
import java.util.Map;

/// Makes projects and datasets through the API.
final class TestDatasets {

  static final String DATASETS = "/tailored-gen/datasets";

  private final ApiClient client;

  TestDatasets(ApiClient client) {
    this.client = client;
  }

  long project() {
    return project(Map.of());
  }

  long project(Map<String, ?> fields) {
    var body = new HashMap<String, Object>(fields);
    body.put("project_name", "p");
    body.put("ip_medium", "photography");
    body.put("ip_type", "other");
    return client.post("/tailored-gen/projects", body).json().get("id").asLong();
  }

  ApiClient.Answer post(long projectId, Map<String, ?> fields) {
    var body = new HashMap<String, Object>(fields);
    body.put("project_id", projectId);
    body.putIfAbsent("name", "d");
    return client.post(DATASETS, body);
  }

  /// A dataset of a project of its own.
  long make(Map<String, ?> fields) {
    return post(project(), fields).json().get("id").asLong();
  }

  long fibo() {
    return make(Map.of("training_version", "fibo", "upload_type", "advanced"));
  }

  long legacy() {
    return make(Map.of("training_version", "max", "upload_type", "advanced"));
  }

  static String path(long datasetId) {
    return DATASETS + "/" + datasetId;
  }
}
