package dev.darkroom.image;

import java.lang.foreign.MemorySegment;

/// Decodes every pixel of an image whose header has been vetted, to find its damage and to make its
/// thumbnail. Implementations are safe for use by many threads at once, and block.
public interface Decoder {

  /// Decodes `image`, which stays the caller's. A damaged image is a value, not an exception.
  Decoding decode(MemorySegment image, ImageHeader header);
}
