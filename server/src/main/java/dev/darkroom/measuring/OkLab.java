package dev.darkroom.measuring;

/// Turns sRGB into OKLab, a space in which equal distances look about equally large (Björn
/// Ottosson, "A perceptual color space for image processing", 2020): lightness 0 to 1, and two axes
/// of colour, green to red and blue to yellow.
///
/// Powers and roots come from tables that `StrictMath` fills; all else is sums and products, which
/// Java computes alike everywhere (JEP 306). So the same pixels give the same numbers on every
/// machine.
final class OkLab {

  private static final int LEVELS = 256;

  /// Steps of linear light. One step is a twentieth of what parts the two darkest levels of sRGB.
  private static final int STEPS = 1 << 16;

  private static final double[] LINEAR = linear();
  private static final double[] CUBE_ROOTS = cubeRoots();

  private OkLab() {}

  /// IEC 61966-2-1, in steps.
  private static double[] linear() {
    var linear = new double[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      double value = level / 255.0;
      double light =
          value <= 0.04045 ? value / 12.92 : StrictMath.pow((value + 0.055) / 1.055, 2.4);
      linear[level] = light * (STEPS - 1);
    }
    return linear;
  }

  private static double[] cubeRoots() {
    var roots = new double[STEPS];
    for (int step = 0; step < STEPS; step++) {
      roots[step] = StrictMath.cbrt(step / (STEPS - 1.0));
    }
    return roots;
  }

  /// Puts lightness and the two colour axes of a pixel into the three planes.
  static void convert(int red, int green, int blue, float[][] planes, int at) {
    double r = LINEAR[red];
    double g = LINEAR[green];
    double b = LINEAR[blue];
    double l = root(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = root(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = root(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    planes[0][at] = (float) (0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s);
    planes[1][at] = (float) (1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s);
    planes[2][at] = (float) (0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
  }

  private static double root(double steps) {
    return CUBE_ROOTS[Math.min(STEPS - 1, (int) (steps + 0.5))];
  }
}
