package dev.darkroom.captioning;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.darkroom.caption.Picture;
import dev.darkroom.image.Decoder;
import dev.darkroom.image.ImageRenderer;
import java.lang.foreign.Arena;
import java.util.Map;

/// A picture that came with a request and is kept nowhere: only its thumbnail and the largest
/// rendition that can be asked for are held.
///
/// @param thumbnail a JPEG of at most [Decoder#THUMBNAIL_SIDE] on its long side
/// @param largest a JPEG of at most [Decoder#MAX_LONG_SIDE] on its long side
record SentPicture(
    int width,
    int height,
    Map<String, Object> exif,
    byte[] thumbnail,
    byte[] largest,
    ImageRenderer renderer)
    implements Picture {

  @Override
  public byte[] jpeg(int longSide) {
    int original = Math.max(width, height);
    if (Math.min(longSide, original) <= Decoder.THUMBNAIL_SIDE) return thumbnail;
    if (longSide >= Math.min(original, Decoder.MAX_LONG_SIDE)) return largest;
    try (var memory = Arena.ofConfined()) {
      return renderer.jpeg(memory.allocateFrom(JAVA_BYTE, largest), longSide);
    }
  }
}
