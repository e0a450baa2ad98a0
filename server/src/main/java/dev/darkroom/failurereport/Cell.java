package dev.darkroom.failurereport;

/// A cell of a spreadsheet that holds a stranger's text and must do nothing.
final class Cell {

  /// What may begin a formula, in the full widths of East Asian spreadsheets too.
  private static final String FORMULA_BEGINS = "=+-@\t\r\n＝＋－＠";

  private Cell() {}

  /// The text, behind an apostrophe where a spreadsheet might take it for a formula.
  static String text(String text) {
    boolean isText = text.isEmpty() || FORMULA_BEGINS.indexOf(text.charAt(0)) < 0;
    return isText ? text : "'" + text;
  }
}
