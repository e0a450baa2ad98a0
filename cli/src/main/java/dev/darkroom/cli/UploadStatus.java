package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The status of a bulk upload, as the server tells it. Fields that only Darkroom sends have
/// fallbacks, so that a server which speaks the public API alone can be followed too.
///
/// @param outage what of the server the upload waits for; null while it goes on
record UploadStatus(
    State state,
    String phase,
    int percent,
    Counts counts,
    Captions captions,
    List<FailedImage> failedImages,
    List<IgnoredEntry> ignoredEntries,
    @Nullable JobError error,
    @Nullable String outage,
    Timing timing) {

  enum State {
    PENDING,
    PROCESSING,
    COMPLETED,
    FAILED
  }

  /// `total` is 0 until the archive's directory is read.
  record Counts(int total, int done, int failed, int ignored) {
    int settled() {
      return done + failed;
    }
  }

  record Captions(int done, int failed, int skipped) {
    int settled() {
      return done + failed;
    }
  }

  record FailedImage(String filename, int code, @Nullable String type, String message) {}

  record IgnoredEntry(String filename, String reason) {}

  /// Why the job as a whole failed.
  record JobError(int code, @Nullable String type, String message) {}

  record Timing(
      @Nullable Instant started, @Nullable Instant finished, @Nullable Duration remaining) {

    /// Null until the job is final.
    @Nullable Duration duration() {
      return started == null || finished == null ? null : Duration.between(started, finished);
    }
  }

  UploadStatus {
    failedImages = List.copyOf(failedImages);
    ignoredEntries = List.copyOf(ignoredEntries);
  }

  boolean isFinal() {
    return state == State.COMPLETED || state == State.FAILED;
  }

  /// Whether all images are in, and their captions are being written.
  boolean isCaptioning() {
    return phase.equals("captioning");
  }

  /// The exit code of a command that ends with this status.
  int exitCode() {
    if (state == State.FAILED) return Exit.FAILED;
    return isFinal() && (counts.failed() > 0 || captions.failed() > 0) ? Exit.PARTLY : Exit.OK;
  }

  static UploadStatus from(JsonObject json) {
    return new UploadStatus(
        state(json),
        json.getString("phase", ""),
        Math.clamp(json.getInt("progress_percentage"), 0, 100),
        counts(json),
        captions(json.getObject("captions")),
        Json.objects(json.getArray("failed_images")).stream()
            .map(UploadStatus::failedImage)
            .toList(),
        Json.objects(json.getArray("ignored_entries")).stream().map(UploadStatus::ignored).toList(),
        jobError(json.getObject("error")),
        outage(json.getObject("outage")),
        timing(json));
  }

  private static State state(JsonObject json) {
    String word = json.getString("status", "");
    try {
      return State.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure.Unexpected(
          "The answer is not the status of a bulk upload. Is that a Darkroom server?", e);
    }
  }

  private static Counts counts(JsonObject json) {
    int settled = json.getInt("total_processed");
    return new Counts(
        json.getInt("total", settled),
        json.getInt("done"),
        json.getInt("failed"),
        json.getInt("ignored"));
  }

  private static Captions captions(@Nullable JsonObject json) {
    if (json == null) return new Captions(0, 0, 0);
    return new Captions(json.getInt("done"), json.getInt("failed"), json.getInt("skipped"));
  }

  private static FailedImage failedImage(JsonObject json) {
    return new FailedImage(
        json.getString("filename", ""),
        json.getInt("error_code"),
        json.getString("type"),
        json.getString("error_message", ""));
  }

  private static IgnoredEntry ignored(JsonObject json) {
    return new IgnoredEntry(json.getString("filename", ""), json.getString("reason", "other"));
  }

  private static @Nullable JobError jobError(@Nullable JsonObject json) {
    if (json == null) return null;
    return new JobError(json.getInt("code"), json.getString("type"), json.getString("message", ""));
  }

  private static @Nullable String outage(@Nullable JsonObject json) {
    return json == null ? null : json.getString("message", "the end of an outage");
  }

  private static Timing timing(JsonObject json) {
    Duration remaining =
        json.isNumber("eta_seconds") ? Duration.ofSeconds(json.getLong("eta_seconds")) : null;
    return new Timing(
        instant(json.getString("started_at")), instant(json.getString("finished_at")), remaining);
  }

  private static @Nullable Instant instant(@Nullable String text) {
    if (text == null) return null;
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new CommandFailure.Unexpected("The server sent a time that is none: " + text, e);
    }
  }
}
