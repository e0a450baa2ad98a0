package dev.darkroom.cli;

import java.time.Duration;

/// Shows how bytes are read, sent or received.
final class TransferDisplay {

  private final String what;
  private final LineDisplay lines;
  private final Pacing pacing;
  private final Throughput throughput = new Throughput();
  private Duration measuredAt = Duration.ZERO;

  /// @param what is done with them, such as `sending`
  TransferDisplay(String what, Surroundings surroundings) {
    this.what = what;
    this.lines = LineDisplay.ofQuick(surroundings);
    this.pacing = surroundings.pacing();
  }

  synchronized void show(long done, long total) {
    Duration now = pacing.elapsed();
    measure(now, done);
    lines.show(new TransferLine(what, done, total, throughput.perSecond()), now);
  }

  /// Some thousand calls come in a second: a sample for each would be too many.
  private void measure(Duration now, long done) {
    if (now.minus(measuredAt).toMillis() < 100) return;
    measuredAt = now;
    throughput.add(now, done);
  }

  void note(String text) {
    lines.note(text);
  }

  void clear() {
    lines.clear();
  }
}
