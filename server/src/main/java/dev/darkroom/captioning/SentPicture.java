package dev.darkroom.captioning;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.darkroom.caption.Picture;
import dev.darkroom.image.Decoder;
import dev.darkroom.image.ImageHeader;
import dev.darkroom.image.ImageRenderer;
import dev.darkroom.image.Inspection;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/// A picture that came with a request and is kept nowhere: only its thumbnail and the largest
/// rendition that can be asked for are held.
final class SentPicture implements Picture {

  private final ImageHeader header;
  private final Map<String, Object> exif;
  private final byte[] thumbnail;
  private final byte[] largest;
  private final ImageRenderer renderer;

  /// @param image the original, which is not held
  SentPicture(Inspection.Accepted accepted, MemorySegment image, ImageRenderer renderer) {
    this.header = accepted.header();
    this.exif = accepted.exif();
    this.thumbnail = accepted.thumbnail().toArray(JAVA_BYTE);
    this.largest = renderer.jpeg(image, Decoder.MAX_LONG_SIDE);
    this.renderer = renderer;
  }

  @Override
  public int width() {
    return header.width();
  }

  @Override
  public int height() {
    return header.height();
  }

  @Override
  public Map<String, Object> exif() {
    return exif;
  }

  /// A JPEG of at most [Decoder#THUMBNAIL_SIDE] on its long side.
  byte[] thumbnail() {
    return thumbnail;
  }

  @Override
  public byte[] jpeg(int longSide) {
    int original = Math.max(width(), height());
    if (Decoder.thumbnailWillDo(width(), height(), longSide)) return thumbnail;
    if (longSide >= Math.min(original, Decoder.MAX_LONG_SIDE)) return largest;
    try (var memory = Arena.ofConfined()) {
      return renderer.jpeg(memory.allocateFrom(JAVA_BYTE, largest), longSide);
    }
  }
}
