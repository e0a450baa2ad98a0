package dev.darkroom.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// Draws pictures anew, from images whose header has been vetted. Implementations are safe for use
/// by many threads at once, and block.
public interface Redrawer {

  /// Draws all of `image`, which stays the caller's.
  ///
  /// @param memory where the new file goes: asked for once a try, from any thread, and never for
  ///   more than [Redraw#roomInBytes]
  Redrawing redraw(MemorySegment image, ImageHeader header, Redraw redraw, SegmentAllocator memory);
}
