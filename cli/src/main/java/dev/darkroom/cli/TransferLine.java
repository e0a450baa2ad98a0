package dev.darkroom.cli;

import java.time.Duration;
import java.util.List;

/// How far bytes have come, sent or received.
///
/// @param what is done with them, such as `sending`
/// @param perSecond bytes
record TransferLine(String what, long done, long total, double perSecond) implements Progress {

  /// Not 100 before the last byte.
  @Override
  public int percent() {
    return total == 0 ? 100 : (int) (done * 100.0 / total);
  }

  @Override
  public String fitted(int width, boolean unicode) {
    return Progress.fit(
        List.of("%3d%%".formatted(percent()), amount()),
        List.of(eta(), rate(), what),
        new Bar(percent(), unicode),
        width);
  }

  @Override
  public String plain() {
    var line = new StringBuilder("%s: %d%%, %s".formatted(what, percent(), amount()));
    for (String more : List.of(rate(), eta())) if (!more.isEmpty()) line.append(", ").append(more);
    return line.toString();
  }

  private String amount() {
    return Human.bytes(done) + " of " + Human.bytes(total);
  }

  private String rate() {
    return perSecond <= 0 ? "" : Human.bytes((long) perSecond) + "/s";
  }

  private String eta() {
    if (done == total || perSecond <= 0) return "";
    long seconds = (long) Math.ceil((total - done) / perSecond);
    return "ETA " + ProgressLine.clock(Duration.ofSeconds(seconds));
  }
}
