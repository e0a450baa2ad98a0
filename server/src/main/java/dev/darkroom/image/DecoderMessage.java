package dev.darkroom.image;

import java.util.regex.Pattern;

/// What a decoder says of an image, made fit for a report: it may hold bytes of the file, and the
/// paths of the machine.
final class DecoderMessage {

  static final int MAX_LENGTH = 200;

  private static final Pattern GAPS = Pattern.compile("[\\s\\p{Cntrl}\\p{Cn}\\p{Co}\\p{Cs}]+");
  private static final Pattern PATH = Pattern.compile("(?<![\\w<])(/[\\w.+-]+){2,}");

  private DecoderMessage() {}

  /// One line of printable characters, at most [#MAX_LENGTH] of them, without paths and without a
  /// full stop.
  static String sanitize(String message) {
    var line = GAPS.matcher(message).replaceAll(" ").strip();
    line = PATH.matcher(line).replaceAll("...");
    if (line.length() > MAX_LENGTH) {
      line = line.substring(0, MAX_LENGTH).strip();
    }
    while (line.endsWith(".")) {
      line = line.substring(0, line.length() - 1);
    }
    return line.isEmpty() ? "it cannot be decoded" : line;
  }
}
