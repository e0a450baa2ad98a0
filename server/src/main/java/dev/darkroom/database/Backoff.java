package dev.darkroom.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Pauses that double, from 10 ms to a quarter of a second, until a patience is spent. For what
/// gives no signal when it changes: a lock of another process, a server that is not ready.
final class Backoff {

  private static final Duration LONGEST = Duration.ofMillis(250);

  private final long end;
  private Duration pause = Duration.ofMillis(10);

  Backoff(Duration patience) {
    this.end = System.nanoTime() + patience.toNanos();
  }

  boolean isSpent() {
    return System.nanoTime() - end >= 0;
  }

  /// The next pause to make.
  Duration next() {
    Duration next = pause;
    pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    return next;
  }

  /// Pauses; false, without a pause, once the patience is spent or the thread is interrupted.
  boolean pause() {
    if (isSpent() || Thread.currentThread().isInterrupted()) return false;
    LockSupport.parkNanos(TimeUnit.NANOSECONDS.convert(next()));
    return true;
  }
}
