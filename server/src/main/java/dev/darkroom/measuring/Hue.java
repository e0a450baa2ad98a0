package dev.darkroom.measuring;

/// The angle of a colour around the grey axis of OKLab, in degrees from 0 to 360: red is near 29,
/// yellow near 110, green near 142, blue near 264.
final class Hue {

  private Hue() {}

  static double of(double a, double b) {
    double degrees = StrictMath.toDegrees(StrictMath.atan2(b, a));
    return degrees < 0 ? degrees + 360 : degrees;
  }
}
