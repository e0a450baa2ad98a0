package dev.darkroom.measuring;

import java.util.Arrays;
import java.util.List;

/// Where a picture is sharp, at the size at which it is measured: 512 pixels on its long side. What
/// is sharp there may be soft at full size.
///
/// The picture is cut into 9 x 9 cells. A cell's detail is the standard deviation of its lightness;
/// a cell with less than [#DETAIL], such as sky or a wall, shows neither sharpness nor blur and
/// does not count. The sharpness of the others is the root mean square of the Laplacian (the four
/// neighbours less four times the pixel) by that of the gradient (to the right and below). Contrast
/// cancels out, and so does what is flat. A hard edge has 1.4, one blurred over two pixels 0.5; on
/// photographs what people call sharp has 1.2 to 2, and what they call blurred 0.5 to 1.
///
/// @param sharp the number of cells with detail that are sharp, in each ninth of the picture, row
///   by row
/// @param soft the same of those that are soft
record FocusMap(List<Integer> sharp, List<Integer> soft) {

  static final int CELLS = 9;
  static final double DETAIL = 0.025;
  static final double SHARP = 1.10;

  /// Fewer cells with detail tell nothing.
  static final int FEWEST = 9;

  static final double THROUGHOUT = 0.80;
  static final double NOWHERE = 0.10;

  /// The share of the sharp cells that makes a third of the picture the sharp one.
  static final double MOST = 0.50;

  private static final int THIRDS = 3;
  private static final int NONE = -1;

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

  /// One of the cells: its detail and its sharpness.
  record Cell(double detail, double sharpness) {

    static Cell of(Pixels pixels, int column, int row) {
      var sums = new Sums(pixels);
      int right = Math.min(pixels.width() - 1, (column + 1) * pixels.width() / CELLS);
      int bottom = Math.min(pixels.height() - 1, (row + 1) * pixels.height() / CELLS);
      for (int y = Math.max(1, row * pixels.height() / CELLS); y < bottom; y++) {
        for (int x = Math.max(1, column * pixels.width() / CELLS); x < right; x++) {
          sums.add(y * pixels.width() + x);
        }
      }
      return new Cell(sums.deviation(), sums.sharpness());
    }
  }

  /// What is added up over the pixels of a cell, those at the picture's edge left out.
  private static final class Sums {

    private final float[] lightness;
    private final int width;
    private double sum;
    private double squares;
    private double gradients;
    private double laplacians;
    private int count;

    Sums(Pixels pixels) {
      this.lightness = pixels.lightness();
      this.width = pixels.width();
    }

    void add(int at) {
      double value = lightness[at];
      double right = lightness[at + 1] - value;
      double below = lightness[at + width] - value;
      double laplacian = right + below + lightness[at - 1] + lightness[at - width] - 2 * value;
      sum += value;
      squares += value * value;
      gradients += right * right + below * below;
      laplacians += laplacian * laplacian;
      count++;
    }

    double deviation() {
      if (count == 0) return 0;
      double mean = sum / count;
      return Rounded.of(Math.sqrt(Math.max(0, squares / count - mean * mean)));
    }

    double sharpness() {
      return gradients == 0 ? 0 : Rounded.of(Math.sqrt(laplacians / gradients));
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
    int third = most(THIRDS, 1);
    int across = most(1, THIRDS);
    if (third == NONE && across == NONE) return "sharp in parts";
    String level = outer(third, "upper", "lower");
    String side = outer(across, "left", "right");
    if (level.isEmpty() && side.isEmpty()) return "sharpest in the centre";
    if (level.isEmpty()) return "sharpest on the " + side;
    return side.isEmpty()
        ? "sharpest in the " + level + " part"
        : "sharpest at the " + level + " " + side;
  }

  private static String outer(int third, String first, String last) {
    if (third == 0) return first;
    return third == THIRDS - 1 ? last : "";
  }

  /// The third that holds most of the sharp cells, or [#NONE]. Thirds are `step` ninths apart, and
  /// the ninths of one are `stride` apart.
  private int most(int step, int stride) {
    for (int third = 0; third < THIRDS; third++) {
      int cells = 0;
      for (int i = 0; i < THIRDS; i++) cells += sharp.get(third * step + i * stride);
      if (Rounded.share(cells, sum(sharp)) >= MOST) return third;
    }
    return NONE;
  }
}
