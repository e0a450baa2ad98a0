package dev.darkroom.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dev.darkroom.cli.FakeDarkroom.Answer;
import java.util.List;

/// Status bodies in the words of the contract.
final class Statuses {

  private Statuses() {}

  static JsonObject pending() {
    return status("pending", "waiting", 0).with(0, 0, 0).json();
  }

  static JsonObject going(int percent, int total, int done, int failed) {
    return status("processing", "ingesting", percent).with(total, done, failed).json();
  }

  static JsonObject waiting(String type, String message) {
    JsonObject json = going(50, 300, 147, 3);
    json.put(
        "outage",
        JsonObject.builder()
            .value("type", type)
            .value("message", message)
            .value("since", "2026-05-26T12:00:00Z")
            .done());
    return json;
  }

  /// 46 images in, 2 refused, 3 entries ignored, 2 s of work.
  static JsonObject completed() {
    return status("completed", "finished", 100)
        .with(48, 46, 2)
        .failedImage("shoot/small.jpg", 412, "image.too-small", "The image is 900 x 900 pixels.")
        .failedImage("shoot/cut.jpg", 422, "image.truncated", "The image ends too early.")
        .ignored("notes.txt", "text")
        .ignored("__MACOSX/._a.jpg", "system file")
        .ignored("Thumbs.db", "system file")
        .json();
  }

  static JsonObject allGood(int images) {
    return status("completed", "finished", 100).with(images, images, 0).json();
  }

  static JsonObject failed() {
    JsonObject json = status("failed", "finished", 40).with(48, 20, 0).json();
    json.put(
        "error",
        JsonObject.builder()
            .value("code", 424)
            .value("type", "fetch.source-gone")
            .value("message", "The source stopped answering.")
            .done());
    return json;
  }

  static Answer[] answers(JsonObject... bodies) {
    return List.of(bodies).stream()
        .map(b -> Answer.ok(JsonWriter.string(b)))
        .toArray(Answer[]::new);
  }

  static Builder status(String status, String phase, int percent) {
    return new Builder(status, phase, percent);
  }

  static final class Builder {
    private final JsonObject json = new JsonObject();
    private final JsonArray failedImages = new JsonArray();
    private final JsonArray ignoredEntries = new JsonArray();

    private Builder(String status, String phase, int percent) {
      boolean ended = percent == 100;
      json.put("status", status);
      json.put("progress_percentage", percent);
      json.put("phase", phase);
      json.put("failed_images", failedImages);
      json.put("ignored_entries", ignoredEntries);
      json.put("error", null);
      json.put("eta_seconds", null);
      json.put("started_at", "2026-05-26T12:00:00Z");
      json.put("finished_at", ended ? "2026-05-26T12:00:02Z" : null);
      json.put("ignored", 0);
    }

    Builder with(int total, int done, int failed) {
      json.put("total", total);
      json.put("total_processed", done + failed);
      json.put("done", done);
      json.put("failed", failed);
      return captions(0, done);
    }

    Builder captions(int done, int skipped) {
      json.put(
          "captions",
          JsonObject.builder()
              .value("done", done)
              .value("failed", 0)
              .value("skipped", skipped)
              .done());
      return this;
    }

    Builder failedImage(String filename, int code, String type, String message) {
      failedImages.add(
          JsonObject.builder()
              .value("filename", filename)
              .value("error_code", code)
              .value("type", type)
              .value("error_message", message)
              .done());
      return this;
    }

    Builder ignored(String filename, String reason) {
      ignoredEntries.add(
          JsonObject.builder().value("filename", filename).value("reason", reason).done());
      json.put("ignored", ignoredEntries.size());
      return this;
    }

    Builder value(String name, Object value) {
      json.put(name, value);
      return this;
    }

    JsonObject json() {
      return json;
    }
  }
}
