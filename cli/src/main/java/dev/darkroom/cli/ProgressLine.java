package dev.darkroom.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Progress as one line of text: pure formatting, no I/O. The percentage is the server's, never
/// computed here, so what is shown cannot pass 100 or jump back.
///
/// @param perSecond images, or captions while these are written
record ProgressLine(UploadStatus status, double perSecond) {

  private static final int NARROWEST_BAR = 10;
  private static final int WIDEST_BAR = 40;
  private static final String GAP = "  ";

  /// A line for a terminal, at most `width - 1` columns: writing the last column wraps on some
  /// terminals. What fits least is left out first: the bar, the rate, the phase, the time left;
  /// what the upload waits for is cut short.
  String fitted(int width, boolean unicode) {
    int room = Math.max(width - 1, 1);
    List<String> parts = new ArrayList<>(List.of(percent(), images()));
    if (status.counts().failed() > 0) parts.add(status.counts().failed() + " failed");
    if (status.outage() != null) {
      parts.add(waiting());
      String line = String.join(GAP, parts);
      return line.substring(0, Math.min(line.length(), room));
    }
    for (String extra : List.of(eta(), Printable.of(status.phase()), rate())) {
      if (!extra.isEmpty() && length(parts) + GAP.length() + extra.length() <= room) {
        parts.add(extra);
      }
    }
    String text = String.join(GAP, parts);
    int bar = Math.min(room - text.length() - GAP.length() - 2, WIDEST_BAR);
    if (bar >= NARROWEST_BAR) return bar(bar, unicode) + GAP + text;
    return text.substring(0, Math.min(text.length(), room));
  }

  /// A line for a log: words, no bar.
  String plain() {
    List<String> parts = new ArrayList<>();
    parts.add(percent().strip());
    parts.add(images());
    parts.add(status.counts().failed() + " failed");
    parts.add(rate());
    if (!eta().isEmpty()) parts.add(eta());
    if (!status.phase().isEmpty()) parts.add(Printable.of(status.phase()));
    if (status.outage() != null) parts.add(waiting());
    return String.join(", ", parts);
  }

  private String waiting() {
    return "waiting: " + Printable.of(String.valueOf(status.outage()));
  }

  private String percent() {
    return "%3d%%".formatted(status.percent());
  }

  private String images() {
    var counts = status.counts();
    if (counts.total() == 0) return "no images yet";
    if (status.isCaptioning()) return captions();
    return "%d/%d images".formatted(counts.settled(), counts.total());
  }

  private String captions() {
    var captions = status.captions();
    int wanted = status.counts().done() - captions.skipped();
    return "%d/%d captions".formatted(captions.settled(), wanted);
  }

  private String rate() {
    String what = status.isCaptioning() ? "captions" : "images";
    return String.format(Locale.ROOT, "%.1f %s/s", perSecond, what);
  }

  private String eta() {
    if (status.isFinal()) return "";
    Duration left = remaining();
    return left == null ? "" : "ETA " + clock(left);
  }

  private @Nullable Duration remaining() {
    if (status.timing().remaining() != null) return status.timing().remaining();
    int open = status.counts().total() - status.counts().settled();
    if (open <= 0 || perSecond <= 0) return null;
    return Duration.ofSeconds((long) Math.ceil(open / perSecond));
  }

  private String bar(int cells, boolean unicode) {
    int full = cells * status.percent() / 100;
    String done = (unicode ? "█" : "#").repeat(full);
    String open = (unicode ? "░" : "-").repeat(cells - full);
    return "[" + done + open + "]";
  }

  private static int length(List<String> parts) {
    return String.join(GAP, parts).length();
  }

  /// `0:07`, `12:30` or `3:05:00`.
  static String clock(Duration time) {
    if (time.toHours() == 0) {
      return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }
    return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
