package dev.darkroom.image;

import java.lang.foreign.MemorySegment;

/// What comes of drawing a picture anew.
public sealed interface Redrawing
    permits Redrawing.Redrawn, Redrawing.TooLarge, Decoding.Damaged, Decoding.Fatal {

  /// The new file: a JPEG where the image was one, else a PNG.
  record Redrawn(MemorySegment image) implements Redrawing {}

  /// The new file would have more bytes than are of use.
  record TooLarge(long bytes) implements Redrawing {}
}
