package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;

/// Finds or makes the project and the dataset that an upload goes into.
final class Workspace {

  private final PatientRequests requests;

  Workspace(PatientRequests requests) {
    this.requests = requests;
  }

  /// A new advanced dataset in the named project, which is made when there is none of that name.
  long newDataset(String project, String name, String trainingVersion) {
    var body = new JsonObject();
    body.put("project_id", projectNamed(project));
    body.put("name", name);
    body.put("upload_type", "advanced");
    body.put("training_version", trainingVersion);
    return Json.id(requests.post("/tailored-gen/datasets", body).object());
  }

  private long projectNamed(String name) {
    for (Object item : requests.get("/tailored-gen/projects").array()) {
      if (item instanceof JsonObject project && name.equals(project.getString("project_name"))) {
        return Json.id(project);
      }
    }
    var body = new JsonObject();
    body.put("project_name", name);
    body.put("ip_medium", "photography");
    body.put("ip_type", "other");
    return Json.id(requests.post("/tailored-gen/projects", body).object());
  }
}
