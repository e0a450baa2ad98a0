package dev.darkroom.provider;

import java.time.Duration;

/// When a call has to be over, all tries and pauses included.
final class Deadline {

  private final long end;

  Deadline(Duration length) {
    this.end = System.nanoTime() + length.toNanos();
  }

  /// A millisecond at least, since a timeout of 0 stands for none.
  Duration left() {
    long nanos = Math.max(end - System.nanoTime(), 1_000_000);
    return Duration.ofNanos(nanos);
  }
}
