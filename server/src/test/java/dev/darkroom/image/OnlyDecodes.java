package dev.darkroom.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// A decoder of which a test says what it makes of an image, and which draws none anew.
@FunctionalInterface
interface OnlyDecodes extends Decoder {

  @Override
  default Redrawing redraw(
      MemorySegment image, ImageHeader header, Redraw redraw, SegmentAllocator memory) {
    throw new AssertionError("drawn anew");
  }
}
