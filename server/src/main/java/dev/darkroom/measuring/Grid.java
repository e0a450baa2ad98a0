package dev.darkroom.measuring;

/// A picture in at most 32 x 32 cells, each the mean colour of its pixels: what is left of it at
/// the size of a postage stamp.
final class Grid {

  static final int MOST = 32;

  private static final int PLANES = 3;

  private final int columns;
  private final int rows;

  /// Lightness and the two colour axes of each cell, row by row.
  private final double[][] cells;

  private Grid(int columns, int rows, double[][] cells) {
    this.columns = columns;
    this.rows = rows;
    this.cells = cells;
  }

  static Grid of(Pixels pixels) {
    int columns = Math.min(MOST, pixels.width());
    int rows = Math.min(MOST, pixels.height());
    var sums = new double[columns * rows][PLANES];
    var counts = new int[columns * rows];
    for (int y = 0; y < pixels.height(); y++) {
      int row = y * rows / pixels.height() * columns;
      for (int x = 0; x < pixels.width(); x++) {
        int cell = row + x * columns / pixels.width();
        int at = y * pixels.width() + x;
        sums[cell][0] += pixels.lightness()[at];
        sums[cell][1] += pixels.a()[at];
        sums[cell][2] += pixels.b()[at];
        counts[cell]++;
      }
    }
    for (int cell = 0; cell < counts.length; cell++) {
      for (int plane = 0; plane < PLANES; plane++) sums[cell][plane] /= counts[cell];
    }
    return new Grid(columns, rows, sums);
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  double lightness(int column, int row) {
    return cells[row * columns + column][0];
  }

  /// The mean lightness of a part of the picture, whose edges are shares of its width and height.
  double lightness(double left, double top, double right, double bottom) {
    double sum = 0;
    int count = 0;
    for (int row = (int) (top * rows); row < Math.ceil(bottom * rows); row++) {
      for (int column = (int) (left * columns); column < Math.ceil(right * columns); column++) {
        sum += lightness(column, row);
        count++;
      }
    }
    return sum / count;
  }

  /// How far each cell's colour is from the mean of all, in OKLab.
  double[] distances() {
    var mean = new double[PLANES];
    for (double[] cell : cells) {
      for (int plane = 0; plane < PLANES; plane++) mean[plane] += cell[plane] / cells.length;
    }
    var distances = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      double squares = 0;
      for (int plane = 0; plane < PLANES; plane++) {
        double difference = cells[i][plane] - mean[plane];
        squares += difference * difference;
      }
      distances[i] = Math.sqrt(squares);
    }
    return distances;
  }
}
