package dev.darkroom.caption;

/// A text is no [StrictJson].
final class FlawedJsonException extends Exception {

  private final String why;

  /// @param why the end of a sentence about the text
  FlawedJsonException(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
