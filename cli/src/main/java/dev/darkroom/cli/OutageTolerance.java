package dev.darkroom.cli;

import java.time.Duration;
import java.util.function.Supplier;

/// Asks a server on, when it is restarted or busy: what it works on goes on when it is back, so
/// whoever waits for the end of it should too.
final class OutageTolerance {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final LineDisplay lines;
  private final Pacing pacing;

  OutageTolerance(LineDisplay lines, Pacing pacing) {
    this.lines = lines;
    this.pacing = pacing;
  }

  <T> T ask(Supplier<T> question) {
    Duration began = pacing.elapsed();
    boolean outage = false;
    while (true) {
      try {
        T answer = question.get();
        if (outage) lines.note("The server is back.");
        return answer;
      } catch (CommandFailure.Unreachable | CommandFailure.Refused failure) {
        if (!passing(failure) || pacing.elapsed().minus(began).compareTo(LONGEST) >= 0) {
          lines.clear();
          throw failure;
        }
        if (!outage) lines.note(waitingFor(failure));
        outage = true;
        pacing.pause(pauseAfter(failure));
      }
    }
  }

  private static boolean passing(CommandFailure failure) {
    return !(failure instanceof CommandFailure.Refused refused) || refused.passing();
  }

  private static String waitingFor(CommandFailure failure) {
    String what =
        failure instanceof CommandFailure.Refused refused
            ? Printable.of(refused.getMessage() + " (" + refused.details() + ")")
            : "The server does not answer.";
    return what + " Trying again for %d s.".formatted(LONGEST.toSeconds());
  }

  private static Duration pauseAfter(CommandFailure failure) {
    return failure instanceof CommandFailure.Refused refused ? refused.retryAfter(PAUSE) : PAUSE;
  }
}
