package dev.darkroom.caption;

/// As much of a text as fits into a message.
final class Excerpt {

  private static final int MAX_CHARACTERS = 120;

  private Excerpt() {}

  static String of(String text) {
    var line = text.replaceAll("\\p{Cntrl}+", " ");
    if (line.codePointCount(0, line.length()) <= MAX_CHARACTERS) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, MAX_CHARACTERS)) + "...";
  }
}
