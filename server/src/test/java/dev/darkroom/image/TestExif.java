package dev.darkroom.image;

import static dev.darkroom.image.TestImages.ascii;
import static dev.darkroom.image.TestImages.bigEndian;
import static dev.darkroom.image.TestImages.concat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// EXIF blocks made tag by tag, in the byte order MM.
public final class TestExif {

  private static final int HEADER = 8;

  /// One tag: its number, its TIFF type, how many values, and their bytes, a character each.
  record Tag(int number, int type, int count, String value) {}

  private TestExif() {}

  public static byte[] orientation(int value) {
    return block(List.of(number(0x0112, value)), List.of());
  }

  static Tag number(int tag, int value) {
    return new Tag(tag, 3, 1, bytes(bigEndian(value, 2)));
  }

  static Tag text(int tag, String value) {
    return new Tag(tag, 2, value.length() + 1, value + "\0");
  }

  static Tag fraction(int tag, int numerator, int denominator) {
    return new Tag(tag, 5, 1, bytes(concat(bigEndian(numerator, 4), bigEndian(denominator, 4))));
  }

  static Tag pointer(int tag, int offset) {
    return new Tag(tag, 4, 1, bytes(bigEndian(offset, 4)));
  }

  private static String bytes(byte[] value) {
    return new String(value, StandardCharsets.ISO_8859_1);
  }

  /// A block with the tags of the image, a pointer to those of the exposure, and these.
  static byte[] block(List<Tag> image, List<Tag> exposure) {
    var withPointer = new ArrayList<>(image);
    withPointer.add(pointer(0x8769, 0));
    int length = directory(withPointer, HEADER).length;
    withPointer.set(image.size(), pointer(0x8769, HEADER + length));
    return concat(
        ascii("MM\0*"),
        bigEndian(HEADER, 4),
        directory(withPointer, HEADER),
        directory(exposure, HEADER + length));
  }

  /// Values of more than four bytes follow behind the entries.
  private static byte[] directory(List<Tag> tags, int start) {
    var entries = new ByteArrayOutputStream();
    var values = new ByteArrayOutputStream();
    int valuesStart = start + 2 + 12 * tags.size() + 4;
    for (Tag tag : tags) {
      entries.writeBytes(bigEndian(tag.number, 2));
      entries.writeBytes(bigEndian(tag.type, 2));
      entries.writeBytes(bigEndian(tag.count, 4));
      if (tag.value.length() <= 4) {
        entries.writeBytes(concat(ascii(tag.value), new byte[4 - tag.value.length()]));
      } else {
        entries.writeBytes(bigEndian(valuesStart + values.size(), 4));
        values.writeBytes(ascii(tag.value));
      }
    }
    return concat(
        bigEndian(tags.size(), 2), entries.toByteArray(), new byte[4], values.toByteArray());
  }
}
