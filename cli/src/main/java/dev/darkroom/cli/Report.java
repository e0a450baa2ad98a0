package dev.darkroom.cli;

import dev.darkroom.cli.UploadStatus.FailedImage;
import dev.darkroom.cli.UploadStatus.IgnoredEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The end of a bulk upload as a table that adds up: every entry of the archive is in it exactly
/// once, as done, failed or ignored. Pure formatting, no I/O.
///
/// @param most how many failed images are listed
record Report(long datasetId, UploadStatus status, int most) {

  private static final int LISTED_FAILURES = 20;
  private static final int NAME_WIDTH = 48;

  /// With the first failed images; enough for a screen.
  static Report brief(long datasetId, UploadStatus status) {
    return new Report(datasetId, status, LISTED_FAILURES);
  }

  static Report complete(long datasetId, UploadStatus status) {
    return new Report(datasetId, status, Integer.MAX_VALUE);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(headline());
    if (isUnread()) return lines;
    lines.add("");
    lines.addAll(table());
    lines.addAll(sums());
    lines.addAll(failures());
    return lines;
  }

  /// Failed before the archive's directory was read: there is nothing to count.
  private boolean isUnread() {
    var counts = status.counts();
    return status.state() == UploadStatus.State.FAILED && counts.total() + counts.ignored() == 0;
  }

  private String headline() {
    String subject = "Dataset %d: ".formatted(datasetId);
    return switch (status.state()) {
      case PENDING -> subject + "the upload waits for its turn." + waiting();
      case PROCESSING ->
          subject + "the upload is at %d %%.".formatted(status.percent()) + waiting();
      case COMPLETED -> subject + "the upload is completed" + speed() + ".";
      case FAILED -> subject + "the upload failed, nothing was added. " + reason();
    };
  }

  private String waiting() {
    return status.outage() == null ? "" : " Waiting: " + Printable.of(status.outage());
  }

  private String speed() {
    Duration duration = status.timing().duration();
    if (duration == null) return "";
    double seconds = Math.max(duration.toMillis(), 1) / 1000.0;
    double rate = status.counts().settled() / seconds;
    return String.format(Locale.ROOT, " in %.1f s, %.1f images/s", seconds, rate);
  }

  private String reason() {
    var error = status.error();
    if (error == null) return "";
    String type = error.type() == null ? "" : ", " + error.type();
    return Printable.of("%s (%d%s)".formatted(error.message(), error.code(), type));
  }

  private List<String> table() {
    var counts = status.counts();
    List<String> rows = new ArrayList<>();
    rows.add(row("done", counts.done()));
    rows.add(row("failed", counts.failed()));
    if (open() > 0) rows.add(row("not settled", open()));
    rows.add(row("= images", counts.total()));
    rows.add(row("ignored", counts.ignored()));
    ignoredByReason().forEach((reason, names) -> rows.add(ignoredRow(reason, names)));
    rows.add(row("= entries", counts.total() + counts.ignored()));
    var captions = status.captions();
    rows.add(
        "  %-12s %7d done, %d failed, %d skipped"
            .formatted("captions", captions.done(), captions.failed(), captions.skipped()));
    return rows;
  }

  private int open() {
    return status.counts().total() - status.counts().settled();
  }

  /// A completed upload whose numbers do not add up is a fault of the server: better said than
  /// hidden.
  private List<String> sums() {
    if (status.state() != UploadStatus.State.COMPLETED) return List.of();
    List<String> complaints = new ArrayList<>();
    var counts = status.counts();
    if (open() != 0) {
      complaints.add("done + failed is %d, not %d.".formatted(counts.settled(), counts.total()));
    }
    if (status.failedImages().size() != counts.failed()) {
      complaints.add(
          "%d failed images are listed, not %d."
              .formatted(status.failedImages().size(), counts.failed()));
    }
    return complaints.stream().map(text -> "  The numbers do not add up: " + text).toList();
  }

  /// The images that failed, by reason.
  List<String> failures() {
    if (status.failedImages().isEmpty()) return List.of();
    List<String> lines = new ArrayList<>(List.of("", "Failed images:"));
    int listed = 0;
    for (var group : failuresByKind().entrySet()) {
      lines.add("  %s: %d".formatted(group.getKey(), group.getValue().size()));
      for (FailedImage image : group.getValue()) {
        if (listed++ < most) lines.add(failureRow(image));
      }
    }
    int more = status.failedImages().size() - most;
    if (more > 0) lines.add("  ... and %d more: ./darkroom report %d".formatted(more, datasetId));
    return lines;
  }

  private Map<String, List<FailedImage>> failuresByKind() {
    return status.failedImages().stream()
        .collect(Collectors.groupingBy(Report::kind, LinkedHashMap::new, Collectors.toList()));
  }

  private Map<String, List<IgnoredEntry>> ignoredByReason() {
    return status.ignoredEntries().stream()
        .collect(
            Collectors.groupingBy(IgnoredEntry::reason, LinkedHashMap::new, Collectors.toList()));
  }

  private static String kind(FailedImage image) {
    return image.type() == null
        ? String.valueOf(image.code())
        : image.code() + " " + Printable.of(image.type());
  }

  private static String failureRow(FailedImage image) {
    return "    %s  %s"
        .formatted(Printable.of(image.filename(), NAME_WIDTH), Printable.of(image.message()));
  }

  private static String ignoredRow(String reason, List<IgnoredEntry> entries) {
    String example = Printable.of(entries.getFirst().filename(), NAME_WIDTH);
    return "    %s: %d, such as %s".formatted(Printable.of(reason), entries.size(), example);
  }

  private static String row(String name, int count) {
    return "  %-12s %7d".formatted(name, count);
  }
}
