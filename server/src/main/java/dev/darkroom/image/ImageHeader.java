package dev.darkroom.image;

/// What the first bytes of an image say of it.
///
/// @param storedWidth in pixels, as stored, before the EXIF orientation
/// @param storedHeight in pixels, as stored, before the EXIF orientation
/// @param orientation the EXIF orientation, 1 to 8 (EXIF 2.32, tag 0x0112); 1 where absent or
///   invalid
/// @param hasAlpha whether any pixel can be transparent
public record ImageHeader(
    ImageFormat format, int storedWidth, int storedHeight, int orientation, boolean hasAlpha) {

  /// The width of the upright picture.
  public int width() {
    return orientation >= 5 ? storedHeight : storedWidth;
  }

  /// The height of the upright picture.
  public int height() {
    return orientation >= 5 ? storedWidth : storedHeight;
  }
}
