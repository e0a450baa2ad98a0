package dev.darkroom.cli;

import java.time.Duration;

/// Time as a waiting command sees it: how much has passed, and a pause. Tests let it fly.
interface Pacing {

  /// Since some fixed moment; only goes forward.
  Duration elapsed();

  void pause(Duration time);

  static Pacing real() {
    return new Pacing() {
      @Override
      public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime());
      }

      @Override
      public void pause(Duration time) {
        try {
          Thread.sleep(time);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          throw new CommandFailure.Stopped();
        }
      }
    };
  }
}
