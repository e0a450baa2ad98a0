package dev.darkroom.cli;

import java.time.Duration;

/// Shows progress while it happens: one line redrawn on a terminal; elsewhere, say in a CI log, a
/// new line at every tenth of the way or every five seconds.
final class ProgressDisplay {

  private static final Duration LOG_EVERY = Duration.ofSeconds(5);
  private static final Duration MEASURE_EVERY = Duration.ofSeconds(2);
  private static final String ERASE_TO_END = "\u001b[K";

  private final Terminal terminal;
  private final Throughput images = new Throughput();
  private final Throughput captions = new Throughput();
  private Duration loggedAt = Duration.ZERO;
  private int loggedTenth = -1;
  private Duration measuredAt = Duration.ZERO;
  private int width;

  ProgressDisplay(Terminal terminal) {
    this.terminal = terminal;
  }

  void show(UploadStatus status, Duration now) {
    images.add(now, status.counts().settled());
    if (status.isCaptioning()) captions.add(now, status.captions().settled());
    var underWay = status.isCaptioning() ? captions : images;
    var line = new ProgressLine(status, underWay.perSecond());
    if (terminal.interactive()) redraw(line, now);
    else log(line, now);
  }

  /// Something worth a line of its own; the progress goes on below it.
  void note(String text) {
    clear();
    terminal.err().println(text);
  }

  /// Takes the redrawn line away, so that what follows begins on a clean one.
  void clear() {
    if (terminal.interactive()) terminal.err().print("\r" + ERASE_TO_END);
    terminal.err().flush();
  }

  private void redraw(ProgressLine line, Duration now) {
    if (width == 0 || now.minus(measuredAt).compareTo(MEASURE_EVERY) > 0) {
      width = terminal.columns().getAsInt();
      measuredAt = now;
    }
    terminal.err().print("\r" + line.fitted(width, terminal.unicode()) + ERASE_TO_END);
    terminal.err().flush();
  }

  private void log(ProgressLine line, Duration now) {
    int tenth = line.status().percent() / 10;
    boolean due = tenth > loggedTenth || now.minus(loggedAt).compareTo(LOG_EVERY) >= 0;
    if (!due) return;
    loggedTenth = tenth;
    loggedAt = now;
    terminal.err().println(line.plain());
  }
}
