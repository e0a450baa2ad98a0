package dev.darkroom.ratelimit;

import io.github.bucket4j.TimeMeter;
import java.time.Clock;

/// Has buckets filled by the server's clock.
record ClockMeter(Clock clock) implements TimeMeter {

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  @Override
  public long currentTimeNanos() {
    var now = clock.instant();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }
}
