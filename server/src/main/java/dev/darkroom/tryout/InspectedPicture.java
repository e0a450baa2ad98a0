package dev.darkroom.tryout;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.darkroom.caption.Picture;
import dev.darkroom.image.Decoder;
import dev.darkroom.image.ImageRenderer;
import dev.darkroom.image.Inspection;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/// A picture whose bytes are in memory, inspected and accepted.
///
/// @param image the original, which stays its owner's
record InspectedPicture(Inspection.Accepted accepted, MemorySegment image, ImageRenderer renderer)
    implements Picture {

  @Override
  public int width() {
    return accepted.header().width();
  }

  @Override
  public int height() {
    return accepted.header().height();
  }

  @Override
  public Map<String, Object> exif() {
    return accepted.exif();
  }

  @Override
  public byte[] jpeg(int longSide) {
    return Decoder.thumbnailWillDo(width(), height(), longSide)
        ? accepted.thumbnail().toArray(JAVA_BYTE)
        : renderer.jpeg(image, longSide);
  }
}
