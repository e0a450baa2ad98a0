package dev.darkroom.archive;

import dev.darkroom.archive.SourceFailure.ConnectionLost;
import dev.darkroom.failure.FailureException;
import java.time.Duration;

/// How fast a source must be at the least. One that sends a byte now and then is never silent, and
/// would hold its reader, and the task behind it, for weeks. For one thread.
final class Pace {

  /// 8 MB in ten minutes are 14 KB/s: four readers at this pace share half of a megabit line.
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final long BYTES = 8 << 20;

  private final Duration patience;
  private long began = System.nanoTime();
  private long arrived;

  /// @param patience how long [#BYTES] may take
  Pace(Duration patience) {
    this.patience = patience;
  }

  /// Takes note of bytes that have arrived; fails where they are too few for the time.
  void count(int bytes) {
    arrived += bytes;
    if (arrived >= BYTES) {
      began = System.nanoTime();
      arrived = 0;
    } else if (System.nanoTime() - began > patience.toNanos()) {
      throw new FailureException(
          new ConnectionLost("it sent less than 8 MB in %d s".formatted(patience.toSeconds())));
    }
  }
}
