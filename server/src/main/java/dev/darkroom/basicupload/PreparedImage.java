package dev.darkroom.basicupload;

import dev.darkroom.dataset.NewImage.Facts;
import java.lang.foreign.MemorySegment;

/// An image as it is to be stored.
///
/// @param thumbnail a JPEG
record PreparedImage(MemorySegment bytes, MemorySegment thumbnail, Facts facts) {}
