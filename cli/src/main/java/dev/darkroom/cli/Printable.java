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

  /// As [#of], cut in its middle where it is longer than `width` characters: the folder and the end
  /// of the name both tell files apart.
  static String of(String text, int width) {
    String clean = of(text);
    int[] points = clean.codePoints().toArray();
    if (points.length <= width) return clean;
    int head = (width - 3) / 2;
    int tail = width - 3 - head;
    return new String(points, 0, head) + "..." + new String(points, points.length - tail, tail);
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
