package dev.darkroom.samples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/// Writes the least EXIF there is: one tag in one directory (EXIF 2.32, section 4.5).
final class Exif {

  private static final int SOI_BYTES = 2;
  private static final short APP1 = (short) 0xffe1;
  private static final short ORIENTATION = 0x0112;
  private static final short SHORT = 3;

  private Exif() {}

  static byte[] spliceOrientation(byte[] jpeg, int orientation) {
    byte[] tiff = tiff(orientation);
    byte[] name = "Exif\0\0".getBytes(US_ASCII);
    int length = 2 + name.length + tiff.length;
    return ByteBuffer.allocate(jpeg.length + 2 + length)
        .put(jpeg, 0, SOI_BYTES)
        .putShort(APP1)
        .putShort((short) length)
        .put(name)
        .put(tiff)
        .put(jpeg, SOI_BYTES, jpeg.length - SOI_BYTES)
        .array();
  }

  private static byte[] tiff(int orientation) {
    int firstDirectory = 8;
    int noFurtherDirectory = 0;
    return ByteBuffer.allocate(26)
        .put("MM\0*".getBytes(US_ASCII))
        .putInt(firstDirectory)
        .putShort((short) 1)
        .putShort(ORIENTATION)
        .putShort(SHORT)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(noFurtherDirectory)
        .array();
  }
}
