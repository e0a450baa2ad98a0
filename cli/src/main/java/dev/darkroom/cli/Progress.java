package dev.darkroom.cli;

import java.util.ArrayList;
import java.util.List;

/// How far something is, as one line of text: pure formatting, no I/O.
interface Progress {

  int NARROWEST_BAR = 10;
  int WIDEST_BAR = 40;
  String GAP = "  ";

  /// 0 to 100.
  int percent();

  /// A line for a terminal, at most `width - 1` columns: writing the last column wraps on some
  /// terminals.
  String fitted(int width, boolean unicode);

  /// A line for a log: words, no bar.
  String plain();

  /// A bar, what must be said, and what more there is room for; the bar is left out first.
  static String fit(List<String> musts, List<String> extras, Bar bar, int width) {
    int room = Math.max(width - 1, 1);
    List<String> parts = new ArrayList<>(musts);
    for (String extra : extras) {
      if (!extra.isEmpty() && length(parts) + GAP.length() + extra.length() <= room) {
        parts.add(extra);
      }
    }
    String text = String.join(GAP, parts);
    int cells = Math.min(room - text.length() - GAP.length() - 2, WIDEST_BAR);
    if (cells >= NARROWEST_BAR) return bar.drawn(cells) + GAP + text;
    return text.substring(0, Math.min(text.length(), room));
  }

  private static int length(List<String> parts) {
    return String.join(GAP, parts).length();
  }

  record Bar(int percent, boolean unicode) {
    String drawn(int cells) {
      int full = cells * percent / 100;
      String done = (unicode ? "█" : "#").repeat(full);
      String open = (unicode ? "░" : "-").repeat(cells - full);
      return "[" + done + open + "]";
    }
  }
}
