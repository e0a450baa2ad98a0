package dev.darkroom.cli;

import java.time.Duration;

/// How long a transfer waits for a network that is gone: pauses that grow from one second to half a
/// minute, and five minutes in all since something came through.
final class Patience {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Pacing pacing;
  private Duration pause = FIRST_PAUSE;
  private Duration lastProgress;

  Patience(Pacing pacing) {
    this.pacing = pacing;
    this.lastProgress = pacing.elapsed();
  }

  void progressed() {
    pause = FIRST_PAUSE;
    lastProgress = pacing.elapsed();
  }

  boolean isOver() {
    return pacing.elapsed().minus(lastProgress).compareTo(LIMIT) >= 0;
  }

  /// The pause that [#rest] takes next.
  Duration next() {
    return pause;
  }

  void rest() {
    rest(pause);
  }

  /// A longer one that was asked for.
  void rest(Duration asked) {
    pacing.pause(asked);
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }
}
