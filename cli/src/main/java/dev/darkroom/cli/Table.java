package dev.darkroom.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows under headings, in columns that are as wide as they must be. Where all of it is wider than
/// the terminal, the columns that may be cut are. Cells are texts of others and are made fit to be
/// shown.
final class Table {

  private static final String GAP = "  ";
  private static final int NARROWEST = 8;

  /// @param right numbers stand under each other by their last digit
  /// @param flexible may be cut to fit
  private record Column(String heading, boolean right, boolean flexible) {}

  private final List<Column> columns = new ArrayList<>();
  private final List<String[]> rows = new ArrayList<>();

  Table text(String heading) {
    return column(new Column(heading, false, true));
  }

  Table word(String heading) {
    return column(new Column(heading, false, false));
  }

  Table number(String heading) {
    return column(new Column(heading, true, false));
  }

  private Table column(Column column) {
    columns.add(column);
    return this;
  }

  void row(String... cells) {
    if (cells.length != columns.size()) throw new IllegalArgumentException(Arrays.toString(cells));
    rows.add(Arrays.stream(cells).map(Printable::of).toArray(String[]::new));
  }

  List<String> lines(int width) {
    int[] widths = widths(width);
    List<String> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(Column::heading).toArray(String[]::new), widths));
    for (String[] row : rows) lines.add(line(row, widths));
    return lines;
  }

  private int[] widths(int room) {
    var widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = columns.get(i).heading().length();
      for (String[] row : rows) widths[i] = Math.max(widths[i], Printable.width(row[i]));
    }
    long over = Arrays.stream(widths).sum() + (long) GAP.length() * (widths.length - 1) - room;
    for (; over > 0; over--) {
      int widest = widestFlexible(widths);
      if (widest < 0) break;
      widths[widest]--;
    }
    return widths;
  }

  private int widestFlexible(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean candidate = columns.get(i).flexible() && widths[i] > NARROWEST;
      if (candidate && (widest < 0 || widths[i] > widths[widest])) widest = i;
    }
    return widest;
  }

  private String line(String[] cells, int[] widths) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      String cell = Printable.of(cells[i], widths[i]);
      String padding = " ".repeat(Math.max(0, widths[i] - Printable.width(cell)));
      parts.add(columns.get(i).right() ? padding + cell : cell + padding);
    }
    return String.join(GAP, parts).stripTrailing();
  }
}
