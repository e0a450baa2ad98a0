package dev.darkroom.cli;

import java.time.Duration;

/// Asks for the status of a bulk upload until it is final. A server that is restarted meanwhile is
/// waited for: the upload goes on when it is back, so the command should too.
final class Follower {

  private static final Duration POLL_EVERY = Duration.ofMillis(300);
  private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(30);

  /// The last status, parsed and as it came.
  record Outcome(UploadStatus status, String body) {}

  private final Darkroom darkroom;
  private final ProgressDisplay display;
  private final Pacing pacing;

  Follower(Darkroom darkroom, ProgressDisplay display, Pacing pacing) {
    this.darkroom = darkroom;
    this.display = display;
    this.pacing = pacing;
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
    Duration lastAnswer = pacing.elapsed();
    boolean outage = false;
    while (true) {
      try {
        Outcome outcome = ask(darkroom, path);
        lastAnswer = pacing.elapsed();
        if (outage) display.note("The server is back.");
        outage = false;
        display.show(outcome.status(), lastAnswer);
        if (outcome.status().isFinal()) {
          display.clear();
          return outcome;
        }
        pacing.pause(POLL_EVERY);
      } catch (CommandFailure.Unreachable | CommandFailure.Refused failure) {
        if (!passing(failure) || outageSince(lastAnswer).compareTo(LONGEST_OUTAGE) >= 0) {
          display.clear();
          throw failure;
        }
        if (!outage) display.note(waitingFor(failure));
        outage = true;
        pacing.pause(pauseAfter(failure));
      }
    }
  }

  static Outcome ask(Darkroom darkroom, long datasetId) {
    return ask(darkroom, Darkroom.statusPath(datasetId));
  }

  private static Outcome ask(Darkroom darkroom, String path) {
    Reply reply = darkroom.get(path);
    return new Outcome(UploadStatus.from(reply.object()), reply.body());
  }

  private Duration outageSince(Duration lastAnswer) {
    return pacing.elapsed().minus(lastAnswer);
  }

  private static boolean passing(CommandFailure failure) {
    return !(failure instanceof CommandFailure.Refused refused) || refused.passing();
  }

  private static String waitingFor(CommandFailure failure) {
    String what =
        failure instanceof CommandFailure.Refused refused
            ? Printable.of(refused.getMessage() + " (" + refused.details() + ")")
            : "The server does not answer.";
    return what + " Trying again for %d s.".formatted(LONGEST_OUTAGE.toSeconds());
  }

  private static Duration pauseAfter(CommandFailure failure) {
    return failure instanceof CommandFailure.Refused refused
        ? refused.retryAfter(OUTAGE_PAUSE)
        : OUTAGE_PAUSE;
  }
}
