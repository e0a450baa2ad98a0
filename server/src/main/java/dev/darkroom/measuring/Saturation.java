package dev.darkroom.measuring;

/// How colourful a picture is, from the chroma of its pixels in OKLab.
///
/// @param mean of the chroma
/// @param coloured the share of pixels that are no grey: of at least [ColourName#NEUTRAL] chroma
/// @param unity how far all colours have one hue: the length of the mean colour by the mean chroma,
///   1 where all hues are the same
/// @param hue of the mean colour, in degrees
record Saturation(double mean, double coloured, double unity, double hue) {

  static final double COLOURLESS = 0.02;
  static final double ONE_HUE = 0.97;
  static final double SEPIA_LEAST = 0.015;
  static final double SEPIA_MOST = 0.08;
  static final double SEPIA_FROM = 50;
  static final double SEPIA_TO = 100;
  static final double MUTED = 0.04;
  static final double VIVID = 0.11;

  static Saturation of(Pixels pixels) {
    double sumA = 0;
    double sumB = 0;
    double sum = 0;
    long coloured = 0;
    for (int i = 0; i < pixels.count(); i++) {
      double a = pixels.a()[i];
      double b = pixels.b()[i];
      double chroma = Math.sqrt(a * a + b * b);
      sumA += a;
      sumB += b;
      sum += chroma;
      if (chroma >= ColourName.NEUTRAL) coloured++;
    }
    double length = Math.sqrt(sumA * sumA + sumB * sumB);
    return new Saturation(
        Rounded.of(sum / pixels.count()),
        Rounded.share(coloured, pixels.count()),
        sum == 0 ? 0 : Rounded.of(length / sum),
        Rounded.of(Hue.of(sumA, sumB)));
  }

  boolean isMonochrome() {
    return coloured < COLOURLESS && mean < SEPIA_LEAST;
  }

  boolean isSepia() {
    return !isMonochrome()
        && unity >= ONE_HUE
        && mean >= SEPIA_LEAST
        && mean < SEPIA_MOST
        && hue >= SEPIA_FROM
        && hue < SEPIA_TO;
  }

  /// `black and white`, `sepia`, `muted colours`, `moderate colours` or `vivid colours`.
  String words() {
    if (isMonochrome()) return "black and white";
    if (isSepia()) return "sepia-like, in shades of brown only";
    if (mean < MUTED) return "muted colours";
    return mean < VIVID ? "moderate colours" : "vivid colours";
  }
}
