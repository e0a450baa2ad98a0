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
record ProgressLine(UploadStatus status, double perSecond) implements Progress {

  @Override
  public int percent() {
    return status.percent();
  }

  /// What fits least is left out first: the bar, the rate, the phase, the time left; what the
  /// upload waits for is cut short.
  @Override
  public String fitted(int width, boolean unicode) {
    List<String> musts = new ArrayList<>(List.of(percentage(), images()));
    if (status.counts().failed() > 0) musts.add(status.counts().failed() + " failed");
    if (status.outage() != null) {
      musts.add(waiting());
      String line = String.join(GAP, musts);
      return line.substring(0, Math.min(line.length(), Math.max(width - 1, 1)));
    }
    List<String> extras = List.of(eta(), Printable.of(status.phase()), rate());
    return Progress.fit(musts, extras, new Bar(percent(), unicode), width);
  }

  @Override
  public String plain() {
    List<String> parts = new ArrayList<>();
    parts.add(percentage().strip());
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

  private String percentage() {
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

  /// `0:07`, `12:30` or `3:05:00`.
  static String clock(Duration time) {
    if (time.toHours() == 0) {
      return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }
    return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
