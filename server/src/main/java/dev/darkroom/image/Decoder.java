package dev.darkroom.image;

import java.lang.foreign.MemorySegment;

/// Decodes every pixel of an image whose header has been vetted, to find its damage and to make a
/// rendition of it. Implementations are safe for use by many threads at once, and block.
public interface Decoder extends AutoCloseable {

  /// The long side of a thumbnail, in pixels.
  int THUMBNAIL_SIDE = 512;

  /// The largest long side of a rendition, in pixels.
  int MAX_LONG_SIDE = 2048;

  /// Whether the thumbnail of an image of this size, in pixels, is the rendition of `longSide`.
  static boolean thumbnailWillDo(int width, int height, int longSide) {
    return Math.min(longSide, Math.max(width, height)) <= THUMBNAIL_SIDE;
  }

  /// Decodes `image`, which stays the caller's, into a rendition of at most `longSide` pixels on
  /// its long side. A damaged image is a value, not an exception.
  Decoding decode(MemorySegment image, ImageHeader header, int longSide);

  /// Ends what the decoder keeps running; it decodes nothing afterwards.
  @Override
  default void close() {}
}
