package dev.darkroom.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The numbers and names in an image file, read where they lie and never copied as a whole. Reading
/// past the end is a flaw of the image: it is truncated.
final class ImageBytes {

  private static final ValueLayout.OfShort BIG_SHORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt BIG_INT =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt LITTLE_INT =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LITTLE_LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final MemorySegment image;

  ImageBytes(MemorySegment image) {
    this.image = image;
  }

  long length() {
    return image.byteSize();
  }

  int u8(long offset) throws FlawedImageException {
    require(offset, 1);
    return image.get(JAVA_BYTE, offset) & 0xFF;
  }

  /// Two bytes, the most significant first.
  int u16(long offset) throws FlawedImageException {
    require(offset, 2);
    return image.get(BIG_SHORT, offset) & 0xFFFF;
  }

  /// Four bytes, the most significant first.
  long u32(long offset) throws FlawedImageException {
    require(offset, 4);
    return image.get(BIG_INT, offset) & 0xFFFFFFFFL;
  }

  /// Two bytes, the least significant first.
  int u16Little(long offset) throws FlawedImageException {
    return u8(offset) | u8(offset + 1) << 8;
  }

  /// Three bytes, the least significant first.
  int u24Little(long offset) throws FlawedImageException {
    return u16Little(offset) | u8(offset + 2) << 16;
  }

  /// Four bytes, the least significant first.
  long u32Little(long offset) throws FlawedImageException {
    require(offset, 4);
    return image.get(LITTLE_INT, offset) & 0xFFFFFFFFL;
  }

  /// The characters of a short name, a byte each.
  String name(long offset, int length) throws FlawedImageException {
    return new String(slice(offset, length).toArray(JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }

  /// Whether the file has these characters, a byte each, at this offset.
  boolean has(long offset, String expected) {
    if (offset + expected.length() > length()) {
      return false;
    }
    for (int i = 0; i < expected.length(); i++) {
      if ((image.get(JAVA_BYTE, offset + i) & 0xFF) != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  MemorySegment slice(long offset, long length) throws FlawedImageException {
    require(offset, length);
    return image.asSlice(offset, length);
  }

  /// The offset of the first byte FF at or after `from`, or the length where there is none. Looks
  /// at eight bytes at a time: a zero byte of the complement borrows from its own high bit.
  long indexOfFF(long from) {
    long at = from;
    for (; at + Long.BYTES <= length(); at += Long.BYTES) {
      long complement = ~image.get(LITTLE_LONG, at);
      long zeros = (complement - LOW_BITS) & ~complement & HIGH_BITS;
      if (zeros != 0) {
        return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
    }
    while (at < length() && image.get(JAVA_BYTE, at) != (byte) 0xFF) {
      at++;
    }
    return at;
  }

  private void require(long offset, long count) throws FlawedImageException {
    if (offset + count > length()) {
      throw new FlawedImageException(new ImageFailure.Truncated(length()));
    }
  }
}
