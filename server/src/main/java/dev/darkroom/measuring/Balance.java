package dev.darkroom.measuring;

/// Where the visual mass of a picture lies, and whether its halves mirror each other.
///
/// The mass of a cell of the [Grid] is how far its colour is from the mean colour of the picture:
/// what stands out has weight, whether it is light or dark.
///
/// @param mass the mean mass of a cell
/// @param across where the centre of mass lies from left (0) to right (1)
/// @param down where it lies from top (0) to bottom (1)
/// @param symmetry how the lightness of the left half goes with that of the right half mirrored:
///   the correlation of the two once each row's mean is taken off, from -1 to 1; 0 where the rows
///   are too even to tell
record Balance(double mass, double across, double down, double symmetry) {

  /// Below this a picture is so even that nothing in it has weight.
  static final double EVEN = 0.02;

  /// How far from the middle the centre of mass is off it.
  static final double OFF = 0.05;

  static final double SYMMETRIC = 0.75;

  /// The standard deviation of lightness along the rows from which symmetry means something.
  static final double UNEVEN_ROWS = 0.02;

  static Balance of(Grid grid) {
    double[] masses = grid.distances();
    double sum = 0;
    double across = 0;
    double down = 0;
    for (int i = 0; i < masses.length; i++) {
      sum += masses[i];
      int column = i % grid.columns();
      int row = i / grid.columns();
      across += masses[i] * (column + 0.5) / grid.columns();
      down += masses[i] * (row + 0.5) / grid.rows();
    }
    boolean weightless = sum == 0;
    return new Balance(
        Rounded.of(sum / masses.length),
        weightless ? 0.5 : Rounded.of(across / sum),
        weightless ? 0.5 : Rounded.of(down / sum),
        symmetry(grid));
  }

  private static double symmetry(Grid grid) {
    double products = 0;
    double squares = 0;
    for (int row = 0; row < grid.rows(); row++) {
      double mean = grid.lightness(0, (double) row / grid.rows(), 1, (row + 1.0) / grid.rows());
      for (int column = 0; column < grid.columns(); column++) {
        double here = grid.lightness(column, row) - mean;
        double there = grid.lightness(grid.columns() - 1 - column, row) - mean;
        products += here * there;
        squares += here * here;
      }
    }
    double deviation = Math.sqrt(squares / (grid.rows() * grid.columns()));
    return deviation < UNEVEN_ROWS ? 0 : Rounded.of(products / squares);
  }

  boolean isEven() {
    return mass < EVEN;
  }

  /// Such as `visual weight at the lower left`.
  String words() {
    if (isEven()) return "even, without a centre of weight";
    String weight = "visual weight " + place();
    return symmetry >= SYMMETRIC ? weight + ", left and right mirror each other" : weight;
  }

  private String place() {
    String level = side(down, "upper", "lower");
    String side = side(across, "left", "right");
    if (level.isEmpty() && side.isEmpty()) return "in the middle";
    if (level.isEmpty()) return "to the " + side;
    return side.isEmpty() ? "in the " + level + " half" : "at the " + level + " " + side;
  }

  private static String side(double centre, String before, String after) {
    double off = Rounded.of(centre - 0.5);
    if (off <= -OFF) return before;
    return off >= OFF ? after : "";
  }
}
