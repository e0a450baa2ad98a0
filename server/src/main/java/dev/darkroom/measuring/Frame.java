package dev.darkroom.measuring;

import java.util.Locale;

/// The form of a picture: its orientation and its sides' ratio, from the upright original's width
/// and height in pixels.
record Frame(int width, int height) {

  /// Up to here a picture is square, long side by short side.
  static final double SQUARE = 1.05;

  /// From here on it is a panorama, long side by short side.
  static final double PANORAMA = 2.0;

  /// How far a ratio may be from a usual one to be called so.
  static final double TOLERANCE = 0.015;

  private static final int[][] USUAL = {
    {1, 1}, {5, 4}, {4, 3}, {7, 5}, {3, 2}, {16, 10}, {16, 9}, {2, 1}, {21, 9}, {3, 1}
  };

  /// Long side by short side.
  double ratio() {
    return Rounded.of((double) Math.max(width, height) / Math.min(width, height));
  }

  /// Such as `landscape`.
  String orientation() {
    boolean upended = height > width;
    if (ratio() <= SQUARE) return "square";
    if (ratio() >= PANORAMA) return upended ? "vertical panorama" : "panorama";
    return upended ? "portrait" : "landscape";
  }

  /// Width to height: the usual ratio that is near, such as `3:2`, or else one in decimals.
  String aspect() {
    for (int[] sides : USUAL) {
      double usual = (double) sides[0] / sides[1];
      if (Math.abs(ratio() / usual - 1) <= TOLERANCE) return sides(sides[0], sides[1]);
    }
    String exact = String.format(Locale.ROOT, "%.2f", ratio());
    return height > width ? "1:" + exact : exact + ":1";
  }

  private String sides(int longSide, int shortSide) {
    return height > width ? shortSide + ":" + longSide : longSide + ":" + shortSide;
  }
}
