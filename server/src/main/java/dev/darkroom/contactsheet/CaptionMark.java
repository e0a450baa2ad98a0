package dev.darkroom.contactsheet;

/// What is to be seen of a caption at a glance.
enum CaptionMark {
  /// It is written right now, by a run.
  PENDING("Being written", "busy"),
  MISSING("No caption", "bad"),
  OUTDATED("Out of date", "busy"),
  MANUAL("By hand", "good"),
  /// Nothing to remark on.
  PLAIN("", "");

  private final String text;
  private final String style;

  CaptionMark(String text, String style) {
    this.text = text;
    this.style = style;
  }

  public String text() {
    return text;
  }

  /// The badge's, in the style sheet.
  public String style() {
    return style;
  }
}
