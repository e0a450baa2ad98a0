package dev.darkroom.caption;

import java.nio.charset.StandardCharsets;

/// As much of a text as fits into a message.
final class Excerpt {

  private static final int MAX_CHARACTERS = 120;

  private Excerpt() {}

  static String of(String text) {
    // Half of a surrogate pair could not be written as UTF-8; it becomes a question mark.
    var characters = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    var line = characters.replaceAll("\\p{Cntrl}+", " ");
    if (line.codePointCount(0, line.length()) <= MAX_CHARACTERS) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, MAX_CHARACTERS)) + "...";
  }
}
