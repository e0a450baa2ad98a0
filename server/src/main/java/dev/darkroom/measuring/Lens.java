package dev.darkroom.measuring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the camera says of its lens and its exposure. Values that no camera has are left out.
///
/// @param focalLength in millimetres
/// @param equivalent the focal length of the same view on 35 mm film, in millimetres
/// @param fNumber the focal length by the width of the aperture
/// @param exposed whether the camera tells of an exposure at all: an f-number, a time or a
///   sensitivity
record Lens(
    @Nullable Double focalLength,
    @Nullable Double equivalent,
    @Nullable Double fNumber,
    boolean exposed) {

  /// The circle of confusion of 35 mm film, in millimetres: what still looks like a point.
  private static final double CIRCLE = 0.03;

  static Lens of(Map<String, Object> exif) {
    return new Lens(
        within(exif.get("focal_length"), 0.5, 5000),
        within(exif.get("focal_length_35mm"), 4, 10_000),
        within(exif.get("f_number"), 0.5, 128),
        exif.containsKey("f_number")
            || exif.containsKey("exposure_time")
            || exif.containsKey("iso"));
  }

  private static @Nullable Double within(@Nullable Object value, double least, double most) {
    if (!(value instanceof Number number)) return null;
    double decimal = number.doubleValue();
    return decimal >= least && decimal <= most ? decimal : null;
  }

  /// The hyperfocal distance in metres: focused there, all from half of it to the horizon is sharp.
  /// Null where the facts for it are missing.
  ///
  /// From the equivalent focal length f and the equivalent f-number (the f-number times f by the
  /// real focal length): f * f / (f-number * 0.03 mm).
  @Nullable Double hyperfocal() {
    if (focalLength == null || equivalent == null || fNumber == null) return null;
    double equivalentNumber = fNumber * equivalent / focalLength;
    return Rounded.of(equivalent * equivalent / (equivalentNumber * CIRCLE) / 1000);
  }

  /// Such as `35 mm (52 mm on 35 mm film), f/1.8`, or [Words#NOT_DETERMINED].
  String words() {
    List<String> parts = new ArrayList<>();
    if (focalLength != null && equivalent != null) {
      parts.add("%s mm (%s mm on 35 mm film)".formatted(plain(focalLength), plain(equivalent)));
    } else if (focalLength != null) {
      parts.add(plain(focalLength) + " mm");
    } else if (equivalent != null) {
      parts.add(plain(equivalent) + " mm on 35 mm film");
    }
    if (!parts.isEmpty() && fNumber != null) parts.add("f/" + plain(fNumber));
    return parts.isEmpty() ? Words.NOT_DETERMINED : String.join(", ", parts);
  }

  /// With at most one decimal.
  private static String plain(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
