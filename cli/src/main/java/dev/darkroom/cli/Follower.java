package dev.darkroom.cli;

import java.time.Duration;

/// Asks for the status of a bulk upload until it is final. A server that is restarted meanwhile is
/// waited for: the upload goes on when it is back, so the command should too.
final class Follower {

  private static final Duration POLL_EVERY = Duration.ofMillis(300);

  /// The last status, parsed and as it came.
  record Outcome(UploadStatus status, String body) {}

  private final Darkroom darkroom;
  private final ProgressDisplay display;
  private final Pacing pacing;
  private final OutageTolerance tolerance;

  Follower(Darkroom darkroom, ProgressDisplay display, Pacing pacing) {
    this.darkroom = darkroom;
    this.display = display;
    this.pacing = pacing;
    this.tolerance = new OutageTolerance(display.lines(), pacing);
  }

  static Follower of(Darkroom darkroom, Surroundings surroundings) {
    var display = new ProgressDisplay(surroundings.terminal());
    return new Follower(darkroom, display, surroundings.pacing());
  }

  Outcome follow(long datasetId) {
    return follow(Darkroom.statusPath(datasetId));
  }

  /// @param path of the status of an upload or a preflight
  Outcome follow(String path) {
    while (true) {
      Outcome outcome = tolerance.ask(() -> ask(darkroom, path));
      display.show(outcome.status(), pacing.elapsed());
      if (outcome.status().isFinal()) {
        display.clear();
        return outcome;
      }
      pacing.pause(POLL_EVERY);
    }
  }

  static Outcome ask(Darkroom darkroom, long datasetId) {
    return ask(darkroom, Darkroom.statusPath(datasetId));
  }

  private static Outcome ask(Darkroom darkroom, String path) {
    Reply reply = darkroom.get(path);
    return new Outcome(UploadStatus.from(reply.object()), reply.body());
  }
}
