package dev.darkroom.cli;

/// Text of others, made fit for a terminal. File names come out of archives that anyone may have
/// made; without this one of them could move the cursor, hide rows or reorder a line.
final class Printable {

  private static final String REPLACEMENT = "\uFFFD";

  private Printable() {}

  /// The text with every control, format (bidi marks among them), separator and unpaired surrogate
  /// character replaced.
  static String of(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (isVisible(point)) clean.appendCodePoint(point);
          else clean.append(REPLACEMENT);
        });
    return clean.toString();
  }

  /// As [#of], cut in its middle where it takes more than `width` columns: the folder and the end
  /// of the name both tell files apart.
  static String of(String text, int width) {
    String clean = of(text);
    if (width(clean) <= width) return clean;
    int[] points = clean.codePoints().toArray();
    int head = fitting(points, 0, 1, (width - 3) / 2);
    int tail = fitting(points, points.length - 1, -1, width - 3 - (width - 3) / 2);
    return new String(points, 0, head) + "..." + new String(points, points.length - tail, tail);
  }

  /// How many characters, counted from `start` by `step`, fit into so many columns.
  private static int fitting(int[] points, int start, int step, int columns) {
    int count = 0;
    for (int i = start; i >= 0 && i < points.length; i += step) {
      columns -= width(points[i]);
      if (columns < 0) break;
      count++;
    }
    return count;
  }

  /// How many columns of a terminal the text takes: ideographs and emoji take two, marks that are
  /// set upon another character none.
  static int width(String text) {
    return text.codePoints().map(Printable::width).sum();
  }

  private static int width(int point) {
    if (Character.getType(point) == Character.NON_SPACING_MARK) return 0;
    boolean wide =
        Character.isIdeographic(point)
            || (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x2E80 && point <= 0xA4CF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xFF01 && point <= 0xFF60)
            || (point >= 0x1F300 && point <= 0x1FAFF);
    return wide ? 2 : 1;
  }

  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
