package dev.darkroom.samples;

import dev.darkroom.decoder.VipsEncoder.Colour;

/// The kinds of image file that can be made. Without libvips only [#JPEG] and [#PNG] can.
public enum SampleKind {
  JPEG(3, Colour.PLAIN, ".jpg[Q=88]"),
  PROGRESSIVE_JPEG(3, Colour.PLAIN, ".jpg[Q=88,interlace]"),
  GREY_JPEG(1, Colour.PLAIN, ".jpg[Q=88]"),
  /// Inverted, as Adobe has it, without a profile.
  CMYK_JPEG(3, Colour.CMYK, ".jpg[Q=95,subsample_mode=off]"),
  CMYK_JPEG_WITH_PROFILE(3, Colour.CMYK_WITH_PROFILE, ".jpg[Q=95,subsample_mode=off]"),
  /// Display P3, with its profile.
  WIDE_GAMUT_JPEG(3, Colour.DISPLAY_P3, ".jpg[Q=88]"),
  PNG(3, Colour.PLAIN, ".png[compression=3]"),
  INTERLACED_PNG(3, Colour.PLAIN, ".png[compression=3,interlace]"),
  PALETTE_PNG(3, Colour.PLAIN, ".png[compression=3,palette]"),
  GREY_PNG(1, Colour.PLAIN, ".png[compression=3]"),
  SIXTEEN_BIT_PNG(3, Colour.SIXTEEN_BIT, ".png[compression=3]"),
  /// The left half lets half of the light through, the right half all of it.
  TRANSPARENT_PNG(4, Colour.PLAIN, ".png[compression=3]"),
  WEBP(3, Colour.PLAIN, ".webp[Q=80,effort=1]"),
  LOSSLESS_WEBP(3, Colour.PLAIN, ".webp[lossless,effort=1]"),
  /// Transparent as [#TRANSPARENT_PNG] is.
  TRANSPARENT_WEBP(4, Colour.PLAIN, ".webp[Q=80,effort=1]");

  private final int bands;
  private final Colour colour;
  private final String suffix;

  SampleKind(int bands, Colour colour, String suffix) {
    this.bands = bands;
    this.colour = colour;
    this.suffix = suffix;
  }

  /// Grey, colour, or colour and transparency.
  int bands() {
    return bands;
  }

  Colour colour() {
    return colour;
  }

  String suffix() {
    return suffix;
  }

  /// The usual extension, without the dot.
  public String extension() {
    int end = suffix.indexOf('[');
    return suffix.substring(1, end);
  }
}
