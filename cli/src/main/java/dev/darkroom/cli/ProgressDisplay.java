package dev.darkroom.cli;

import java.time.Duration;

/// Shows how an upload goes on the server.
final class ProgressDisplay {

  private final LineDisplay lines;
  private final Throughput images = new Throughput();
  private final Throughput captions = new Throughput();

  ProgressDisplay(Terminal terminal) {
    this.lines = LineDisplay.of(terminal);
  }

  void show(UploadStatus status, Duration now) {
    images.add(now, status.counts().settled());
    if (status.isCaptioning()) captions.add(now, status.captions().settled());
    var underWay = status.isCaptioning() ? captions : images;
    lines.show(new ProgressLine(status, underWay.perSecond()), now);
  }

  /// Where what is no progress is told.
  LineDisplay lines() {
    return lines;
  }

  void clear() {
    lines.clear();
  }
}
