package dev.darkroom.decoder;

import java.lang.foreign.MemorySegment;

/// One reference to an image of libvips; closing drops it. What it was made from lives on as long
/// as it needs it, memory of ours excepted.
record VipsImage(Vips vips, MemorySegment address) implements AutoCloseable {

  @Override
  public void close() {
    vips.unref(address);
  }
}
