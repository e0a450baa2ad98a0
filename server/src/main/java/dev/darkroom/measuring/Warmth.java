package dev.darkroom.measuring;

/// How far a picture's colours lean to orange or to blue.
///
/// @param balance the mean of the pixels' colour along the axis from blue (hue 240) to orange (hue
///   60) in OKLab; 0 is neither
record Warmth(double balance) {

  static final double WARM = 0.025;
  static final double COOL = -0.015;

  /// Cosine and sine of 60 degrees.
  private static final double ALONG_A = 0.5;

  private static final double ALONG_B = 0.8660254037844386;

  static Warmth of(Pixels pixels) {
    double sum = 0;
    for (int i = 0; i < pixels.count(); i++) {
      sum += ALONG_A * pixels.a()[i] + ALONG_B * pixels.b()[i];
    }
    return new Warmth(Rounded.of(sum / pixels.count()));
  }

  /// `warm`, `cool` or `neutral`.
  String words() {
    if (balance >= WARM) return "warm";
    return balance <= COOL ? "cool" : "neutral";
  }
}
