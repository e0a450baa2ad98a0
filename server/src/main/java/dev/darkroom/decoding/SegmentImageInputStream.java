package dev.darkroom.decoding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import javax.imageio.stream.ImageInputStreamImpl;

/// Lets an ImageIO reader read an image where it lies. For one thread, as every such stream.
///
/// It does not tell its length: the reader of WebP takes a picture for a bomb that inflates by more
/// than 2 048 to 1, as any picture of one colour does. The pixel limit has been checked by then.
final class SegmentImageInputStream extends ImageInputStreamImpl {

  private final MemorySegment image;

  SegmentImageInputStream(MemorySegment image) {
    this.image = image;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < image.byteSize() ? image.get(JAVA_BYTE, streamPos++) & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    int count = (int) Math.min(length, image.byteSize() - streamPos);
    if (count <= 0) {
      return -1;
    }
    MemorySegment.copy(image, JAVA_BYTE, streamPos, target, offset, count);
    streamPos += count;
    return count;
  }
}
