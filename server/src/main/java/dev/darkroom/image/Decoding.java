package dev.darkroom.image;

import java.lang.foreign.MemorySegment;

/// What a [Decoder] found.
public sealed interface Decoding {

  /// Every pixel decoded.
  ///
  /// @param rendition a JPEG in sRGB, upright, its long side as asked for or, where the original is
  ///   smaller, as it is; transparent pixels are black
  /// @param perceptualHash a 64-bit difference hash of the upright picture
  record Decoded(MemorySegment rendition, long perceptualHash) implements Decoding {}

  /// The image is damaged; `detail` is what the decoder said of it, as it said it.
  record Damaged(String detail) implements Decoding, Redrawing {}

  /// The decoder died or went silent on this image, each time it was tried.
  record Fatal(String detail) implements Decoding, Redrawing {}
}
