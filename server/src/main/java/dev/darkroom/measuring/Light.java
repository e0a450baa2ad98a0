package dev.darkroom.measuring;

/// Which side of a picture is brighter. Where the light came from, that does not tell: a bright
/// side may be a window or a white wall.
///
/// @param across the mean lightness of the right third less that of the left third
/// @param down the mean lightness of the lower third less that of the upper third
record Light(double across, double down) {

  /// The difference from which a side is brighter.
  static final double BRIGHTER = 0.10;

  private static final double THIRD = 1.0 / 3;

  static Light of(Grid grid) {
    double left = grid.lightness(0, 0, THIRD, 1);
    double right = grid.lightness(1 - THIRD, 0, 1, 1);
    double top = grid.lightness(0, 0, 1, THIRD);
    double bottom = grid.lightness(0, 1 - THIRD, 1, 1);
    return new Light(Rounded.of(right - left), Rounded.of(bottom - top));
  }

  /// Such as `brighter towards the upper left`, or [Words#NOT_DETERMINED].
  String words() {
    String level = side(down, "upper", "lower");
    String side = side(across, "left", "right");
    if (level.isEmpty() && side.isEmpty()) return Words.NOT_DETERMINED;
    if (level.isEmpty()) return "brighter towards the " + side;
    return side.isEmpty()
        ? "brighter in the " + level + " part"
        : "brighter towards the " + level + " " + side;
  }

  private static String side(double difference, String before, String after) {
    if (difference <= -BRIGHTER) return before;
    return difference >= BRIGHTER ? after : "";
  }
}
