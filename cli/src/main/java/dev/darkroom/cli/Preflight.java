package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import dev.darkroom.cli.UploadStatus.FailedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an upload would come to, by the server's preflight, and whether to begin it.
final class Preflight {

  private final Darkroom darkroom;
  private final Surroundings surroundings;
  private final boolean yes;

  /// @param yes begins without asking
  Preflight(Darkroom darkroom, Surroundings surroundings, boolean yes) {
    this.darkroom = darkroom;
    this.surroundings = surroundings;
    this.yes = yes;
  }

  Follower.Outcome run(long datasetId, JsonObject request) {
    String path = Darkroom.bulkUploadPath(datasetId) + "/preflight";
    var _ = PatientRequests.of(darkroom, surroundings).post(path, request);
    return Follower.of(darkroom, surroundings).follow(path + "/status");
  }

  /// Asks on a terminal. Elsewhere the upload begins only where nothing would be refused.
  boolean isGo(UploadStatus status) {
    if (status.state() == UploadStatus.State.FAILED) return false;
    if (yes) return true;
    var terminal = surroundings.terminal();
    return terminal.interactive()
        ? terminal.confirms("Start the upload?")
        : status.counts().failed() == 0;
  }

  /// `4 812 good, 31 too small, 2 truncated`.
  static String summary(UploadStatus status) {
    var error = status.error();
    if (error != null) return "The upload would fail: " + Printable.of(error.message());
    List<String> parts = new ArrayList<>();
    parts.add(Human.count(status.counts().done()) + " good");
    failuresByKind(status).forEach((kind, count) -> parts.add(Human.count(count) + " " + kind));
    int open = status.counts().total() - status.counts().settled();
    if (open > 0) parts.add(Human.count(open) + " to be seen by the upload itself");
    return "Preflight: " + String.join(", ", parts);
  }

  private static Map<String, Integer> failuresByKind(UploadStatus status) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (FailedImage image : status.failedImages())
      counts.merge(kind(image.type()), 1, Integer::sum);
    return counts;
  }

  /// `too small` for `image.too-small`, `caption missing` for `caption.missing`.
  private static String kind(@Nullable String type) {
    if (type == null) return "refused";
    return Printable.of(type.replaceFirst("^(image|entry)\\.", "").replaceAll("[.-]", " "));
  }
}
