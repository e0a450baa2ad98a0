package dev.darkroom.measuring;

/// How light and dark a picture is, from the lightness of its pixels.
///
/// @param mean of the lightness
/// @param dark the lightness that 5 % of the pixels are below
/// @param light the lightness that 5 % of the pixels are above
/// @param shadows the share of pixels darker than [#SHADOW]
record Tones(double mean, double dark, double light, double shadows) {

  /// About level 46 of 255 in sRGB.
  static final double SHADOW = 0.30;

  static final double LOW_KEY = 0.40;
  static final double HIGH_KEY = 0.76;
  static final double LOW_CONTRAST = 0.35;
  static final double HIGH_CONTRAST = 0.65;
  static final double DEEP_SHADOWS = 0.25;
  static final double NO_SHADOWS = 0.02;

  private static final double TAIL = 0.05;
  private static final int BINS = 1000;

  static Tones of(Pixels pixels) {
    var histogram = new int[BINS + 1];
    double sum = 0;
    for (float lightness : pixels.lightness()) {
      sum += lightness;
      histogram[Math.clamp((int) (lightness * BINS), 0, BINS)]++;
    }
    int count = pixels.count();
    long inShadow = 0;
    for (int bin = 0; bin < SHADOW * BINS; bin++) inShadow += histogram[bin];
    return new Tones(
        Rounded.of(sum / count),
        percentile(histogram, (long) (TAIL * count)),
        percentile(histogram, count - 1 - (long) (TAIL * count)),
        Rounded.share(inShadow, count));
  }

  /// The lightness of the pixel at `rank` when all are in order.
  private static double percentile(int[] histogram, long rank) {
    long below = 0;
    int bin = 0;
    while (below + histogram[bin] <= rank) below += histogram[bin++];
    return Rounded.of((double) bin / BINS);
  }

  double contrast() {
    return Rounded.of(light - dark);
  }

  /// `low-key`, `mid-key` or `high-key`.
  String brightness() {
    if (mean < LOW_KEY) return "low-key";
    return mean > HIGH_KEY ? "high-key" : "mid-key";
  }

  /// `low contrast`, `medium contrast` or `high contrast`.
  String contrastWords() {
    if (contrast() < LOW_CONTRAST) return "low contrast";
    return contrast() >= HIGH_CONTRAST ? "high contrast" : "medium contrast";
  }

  /// Such as `deep shadows over 40 % of the picture`.
  String shadowWords() {
    if (shadows < NO_SHADOWS) return "hardly any shadows";
    String extent = shadows >= DEEP_SHADOWS ? "deep shadows" : "shadows";
    return "%s over %d %% of the picture".formatted(extent, Math.round(shadows * 100));
  }
}
