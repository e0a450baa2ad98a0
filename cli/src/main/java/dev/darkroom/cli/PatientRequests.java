package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/// Requests for which much was done before, such as hours of sending: a network that breaks, and a
/// server that is restarted or busy, are waited for. All tries of a POST have one key, by which the
/// server does it once, also where it was the answer that got lost.
final class PatientRequests {

  private final Darkroom darkroom;
  private final LineDisplay lines;
  private final Pacing pacing;

  PatientRequests(Darkroom darkroom, LineDisplay lines, Pacing pacing) {
    this.darkroom = darkroom;
    this.lines = lines;
    this.pacing = pacing;
  }

  static PatientRequests of(Darkroom darkroom, Surroundings surroundings) {
    return new PatientRequests(darkroom, LineDisplay.ofQuick(surroundings), surroundings.pacing());
  }

  Reply get(String path) {
    return insist(() -> darkroom.get(path));
  }

  Reply post(String path, JsonObject body) {
    String key = UUID.randomUUID().toString();
    return insist(() -> darkroom.post(path, body, key));
  }

  private Reply insist(Supplier<Reply> request) {
    var patience = new Patience(pacing);
    while (true) {
      try {
        return request.get();
      } catch (CommandFailure.Unreachable gone) {
        if (patience.isOver()) throw gone;
        rest("The server does not answer", patience.next(), patience);
      } catch (CommandFailure.Refused refused) {
        if (!mayPass(refused) || patience.isOver()) throw refused;
        String what = String.valueOf(refused.getMessage()).replaceFirst("\\.$", "");
        rest(Printable.of(what), refused.retryAfter(patience.next()), patience);
      }
    }
  }

  private static boolean mayPass(CommandFailure.Refused refused) {
    return refused.passing() || refused.isOf("idempotency-key.under-way");
  }

  private void rest(String what, Duration asked, Patience patience) {
    Duration pause = asked.compareTo(patience.next()) > 0 ? asked : patience.next();
    lines.note("%s; trying again in %d s.".formatted(what, pause.toSeconds()));
    patience.rest(pause);
  }
}
