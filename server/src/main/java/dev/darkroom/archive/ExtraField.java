package dev.darkroom.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Finds a block in the extra field of a header (APPNOTE 4.5): pairs of id and length, then bytes.
final class ExtraField {

  static final int ZIP64 = 0x0001;
  static final int UNICODE_PATH = 0x7075;

  /// Stands in a field of 32 bits whose value is in the ZIP64 block.
  private static final long IN_ZIP64 = 0xFFFF_FFFFL;

  private ExtraField() {}

  /// The first block with `id`, little-endian, or null. A field that breaks off is read as far as
  /// it goes, since some archivers pad it with zeros.
  static @Nullable ByteBuffer find(ByteBuffer extra, int id) {
    ByteBuffer rest = extra.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    while (rest.remaining() >= 4) {
      int found = Short.toUnsignedInt(rest.getShort());
      int length = Short.toUnsignedInt(rest.getShort());
      if (length > rest.remaining()) return null;
      if (found == id) {
        return rest.slice(rest.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      }
      rest.position(rest.position() + length);
    }
    return null;
  }

  /// The value of a header's field of 32 bits: what stands there, or where that is full, the next
  /// value of the ZIP64 block (APPNOTE 4.5.3), which is then read on.
  static long wide(long value, @Nullable ByteBuffer zip64) {
    if (value != IN_ZIP64 || zip64 == null || zip64.remaining() < Long.BYTES) return value;
    return zip64.getLong();
  }
}
