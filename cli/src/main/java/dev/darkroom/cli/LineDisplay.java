package dev.darkroom.cli;

import java.time.Duration;

/// Shows progress while it happens: one line redrawn on a terminal; elsewhere, say in a CI log, a
/// new line at every tenth of the way or every five seconds. Safe for use by several threads.
final class LineDisplay {

  private static final Duration LOG_EVERY = Duration.ofSeconds(5);
  private static final Duration DRAW_EVERY = Duration.ofMillis(100);
  private static final Duration MEASURE_EVERY = Duration.ofSeconds(2);
  private static final String ERASE_TO_END = "\u001b[K";

  /// A log needs no more of what is over in a moment than its end.
  private static final Duration QUICK = Duration.ofSeconds(1);

  private final Terminal terminal;
  private final Duration pause;
  private Duration loggedAt;
  private int loggedTenth = -1;
  private Duration drawnAt = Duration.ZERO;
  private Duration measuredAt = Duration.ZERO;
  private int width;

  private LineDisplay(Terminal terminal, Duration pause, Duration begun) {
    this.terminal = terminal;
    this.pause = pause;
    this.loggedAt = begun;
  }

  /// Of what takes its time.
  static LineDisplay of(Terminal terminal) {
    return new LineDisplay(terminal, Duration.ZERO, Duration.ZERO);
  }

  /// Of what may be over in a moment.
  static LineDisplay ofQuick(Surroundings surroundings) {
    return new LineDisplay(surroundings.terminal(), QUICK, surroundings.pacing().elapsed());
  }

  synchronized void show(Progress line, Duration now) {
    if (terminal.interactive()) redraw(line, now);
    else log(line, now);
  }

  /// Something worth a line of its own; the progress goes on below it.
  synchronized void note(String text) {
    clear();
    terminal.err().println(text);
  }

  /// Takes the redrawn line away, so that what follows begins on a clean one.
  synchronized void clear() {
    if (terminal.interactive()) terminal.err().print("\r" + ERASE_TO_END);
    terminal.err().flush();
  }

  private void redraw(Progress line, Duration now) {
    boolean due = line.percent() == 100 || now.minus(drawnAt).compareTo(DRAW_EVERY) >= 0;
    if (!due) return;
    drawnAt = now;
    if (width == 0 || now.minus(measuredAt).compareTo(MEASURE_EVERY) > 0) {
      width = terminal.columns().getAsInt();
      measuredAt = now;
    }
    terminal.err().print("\r" + line.fitted(width, terminal.unicode()) + ERASE_TO_END);
    terminal.err().flush();
  }

  private void log(Progress line, Duration now) {
    int tenth = line.percent() / 10;
    Duration since = now.minus(loggedAt);
    boolean due = tenth > loggedTenth || since.compareTo(LOG_EVERY) >= 0;
    boolean soon = line.percent() < 100 && since.compareTo(pause) < 0;
    if (!due || soon) return;
    loggedTenth = tenth;
    loggedAt = now;
    terminal.err().println(line.plain());
  }
}
