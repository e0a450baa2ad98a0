package dev.darkroom.measuring;

import java.util.Arrays;
import java.util.List;

/// Where a picture is sharp, at the size at which it is measured: 512 pixels on its long side. What
/// is sharp there may be soft at full size.
///
/// The picture is cut into 9 x 9 cells. A cell's detail is the standard deviation of its lightness;
/// a cell with less than [#DETAIL], such as sky or a wall, shows neither sharpness nor blur and
/// does not count. The sharpness of the others is the standard deviation of the Laplacian (four
/// neighbours less four times the pixel) by the standard deviation of the lightness: near 1 where
/// light and dark change from pixel to pixel, near 0 where they change over many, whatever the
/// contrast.
///
/// @param sharp the number of cells with detail that are sharp, in each ninth of the picture, row
///   by row
/// @param soft the same of those that are soft
record FocusMap(List<Integer> sharp, List<Integer> soft) {

  static final int CELLS = 9;
  static final double DETAIL = 0.025;
  static final double SHARP = 0.40;

  /// Fewer cells with detail tell nothing.
  static final int FEWEST = 9;

  static final double THROUGHOUT = 0.80;
  static final double NOWHERE = 0.10;

  /// The share of the sharp cells that makes a third of the picture the sharp one.
  static final double MOST = 0.50;

  private static final int THIRDS = 3;

  FocusMap {
    sharp = List.copyOf(sharp);
    soft = List.copyOf(soft);
  }

  static FocusMap of(Pixels pixels) {
    var sharp = new Integer[THIRDS * THIRDS];
    var soft = new Integer[THIRDS * THIRDS];
    Arrays.fill(sharp, 0);
    Arrays.fill(soft, 0);
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < CELLS; column++) {
        var cell = Cell.of(pixels, column, row);
        if (cell.detail() < DETAIL) continue;
        int ninth = row / THIRDS * THIRDS + column / THIRDS;
        if (cell.sharpness() >= SHARP) sharp[ninth]++;
        else soft[ninth]++;
      }
    }
    return new FocusMap(List.of(sharp), List.of(soft));
  }

  /// One of the cells.
  record Cell(double detail, double sharpness) {

    static Cell of(Pixels pixels, int column, int row) {
      int left = Math.max(1, column * pixels.width() / CELLS);
      int right = Math.min(pixels.width() - 1, (column + 1) * pixels.width() / CELLS);
      int top = Math.max(1, row * pixels.height() / CELLS);
      int bottom = Math.min(pixels.height() - 1, (row + 1) * pixels.height() / CELLS);
      var lightness = new Spread();
      var laplacian = new Spread();
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          int at = y * pixels.width() + x;
          lightness.add(pixels.lightness()[at]);
          laplacian.add(laplacian(pixels.lightness(), at, pixels.width()));
        }
      }
      double detail = Rounded.of(lightness.deviation());
      return new Cell(detail, detail == 0 ? 0 : Rounded.of(laplacian.deviation() / detail));
    }

    private static double laplacian(float[] values, int at, int width) {
      return values[at - 1]
          + values[at + 1]
          + values[at - width]
          + values[at + width]
          - 4 * values[at];
    }
  }

  /// The standard deviation of numbers that come one by one.
  private static final class Spread {

    private double sum;
    private double squares;
    private int count;

    void add(double value) {
      sum += value;
      squares += value * value;
      count++;
    }

    double deviation() {
      if (count == 0) return 0;
      double mean = sum / count;
      return Math.sqrt(Math.max(0, squares / count - mean * mean));
    }
  }

  private static int sum(List<Integer> cells) {
    return cells.stream().mapToInt(Integer::intValue).sum();
  }

  /// The share of the cells with detail that are sharp.
  double sharpShare() {
    return Rounded.share(sum(sharp), sum(sharp) + sum(soft));
  }

  boolean isDetermined() {
    return sum(sharp) + sum(soft) >= FEWEST;
  }

  boolean isSharpThroughout() {
    return isDetermined() && sharpShare() >= THROUGHOUT;
  }

  boolean isSoftThroughout() {
    return isDetermined() && sharpShare() < NOWHERE;
  }

  /// Such as `sharp throughout` or `sharpest at the lower left`.
  String words() {
    if (!isDetermined()) return Words.NOT_DETERMINED;
    if (isSharpThroughout()) return "sharp throughout";
    return isSoftThroughout() ? "soft throughout" : place();
  }

  private String place() {
    int level = most(THIRDS, 1);
    int side = most(1, THIRDS);
    if (level < 0 && side < 0) return "sharp in parts";
    if (level == 1 && side == 1 || level == 1 && side < 0 || level < 0 && side == 1) {
      return "sharpest in the centre";
    }
    String levelWord = level == 0 ? "upper" : "lower";
    String sideWord = side == 0 ? "left" : "right";
    if (level < 0 || level == 1) return "sharpest on the " + sideWord;
    return side < 0 || side == 1
        ? "sharpest in the " + levelWord + " part"
        : "sharpest at the " + levelWord + " " + sideWord;
  }

  /// The third that holds most of the sharp cells, or -1. Thirds are `step` ninths apart, and the
  /// ninths of one are `stride` apart.
  private int most(int step, int stride) {
    for (int third = 0; third < THIRDS; third++) {
      int cells = 0;
      for (int i = 0; i < THIRDS; i++) cells += sharp.get(third * step + i * stride);
      if (Rounded.share(cells, sum(sharp)) >= MOST) return third;
    }
    return -1;
  }
}
