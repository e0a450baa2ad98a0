package dev.darkroom.image;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What a walk through an image file found before any pixel is decoded: what the header says, and
/// the first flaw of the container. What lies before the flaw is kept, so that a file cut short
/// still tells its size.
///
/// @param width in pixels, as stored; 0 where the flaw comes before the size
/// @param height in pixels, as stored; 0 where the flaw comes before the size
/// @param animated whether the file holds more than one frame
/// @param pictureReached whether the walk came to the picture's data, before which stands all that
///   is judged by beside damage
/// @param exif the EXIF block, from its TIFF header on; a part of the image
/// @param flaw why the file is not a whole image of its format
record Structure(
    int width,
    int height,
    boolean hasAlpha,
    boolean animated,
    boolean pictureReached,
    @Nullable MemorySegment exif,
    @Nullable ImageFailure flaw) {

  /// Walks through the whole file. The time is linear in its length.
  static Structure of(ImageFormat format, MemorySegment image) {
    var bytes = new ImageBytes(image);
    Walk walk =
        switch (format) {
          case JPEG -> new JpegStructure(bytes);
          case PNG -> new PngStructure(bytes);
          case WEBP -> new WebpStructure(bytes);
        };
    try {
      walk.toTheEnd();
      return walk.found(null);
    } catch (FlawedImageException e) {
      return walk.found(e.flaw());
    }
  }

  /// The same of a file that ends where it was cut off on purpose.
  Structure withoutFlaw() {
    return new Structure(width, height, hasAlpha, animated, pictureReached, exif, null);
  }

  long pixels() {
    return (long) width * height;
  }

  /// One format's way through its container, used once.
  sealed interface Walk permits JpegStructure, PngStructure, WebpStructure {

    /// Walks until the image ends; what comes after its end is not looked at.
    void toTheEnd() throws FlawedImageException;

    /// What the walk has found so far.
    Structure found(@Nullable ImageFailure flaw);
  }
}
