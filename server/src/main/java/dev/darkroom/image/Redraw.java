package dev.darkroom.image;

/// How a picture is to be drawn anew: upright, in sRGB, without metadata, black where it is
/// transparent.
///
/// @param width in pixels, of the upright picture, as is the height
/// @param maxBytes the longest file that is of use
public record Redraw(int width, int height, int maxBytes) {

  /// What the file takes at the most, whatever it shows: three samples a pixel, and headers.
  public long roomInBytes() {
    return Math.min(maxBytes, 4L * width * height + (1 << 20));
  }
}
