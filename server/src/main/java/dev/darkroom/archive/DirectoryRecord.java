package dev.darkroom.archive;

import static java.lang.Integer.toUnsignedLong;
import static java.lang.Short.toUnsignedInt;

import dev.darkroom.archive.ArchiveFailure.MultiDisk;
import dev.darkroom.archive.ArchiveFailure.NotReadable;
import dev.darkroom.failure.FailureException;
import java.nio.ByteBuffer;

/// A central directory header as stored (APPNOTE 4.3.12), ZIP64 values put in. Its buffers are
/// views of the directory's memory and live only as long.
record DirectoryRecord(
    int flags,
    int method,
    long crc32,
    long compressedSize,
    long size,
    long headerOffset,
    int unixMode,
    ByteBuffer rawName,
    ByteBuffer extra) {

  static final int SIGNATURE = 0x02014b50;

  private static final int BYTES = 46;
  private static final int HOST_UNIX = 3;
  private static final int HOST_MACOS = 19;

  /// Reads the record at the position of `directory`, which is little-endian, and moves past it.
  static DirectoryRecord next(ByteBuffer directory) {
    int start = directory.position();
    if (directory.remaining() < BYTES || directory.getInt(start) != SIGNATURE) {
      throw new FailureException(new NotReadable("its directory is damaged"));
    }
    int nameLength = toUnsignedInt(directory.getShort(start + 28));
    int extraLength = toUnsignedInt(directory.getShort(start + 30));
    int commentLength = toUnsignedInt(directory.getShort(start + 32));
    int bytes = BYTES + nameLength + extraLength + commentLength;
    if (directory.remaining() < bytes) {
      throw new FailureException(new NotReadable("its directory is cut short"));
    }
    ByteBuffer name = directory.slice(start + BYTES, nameLength);
    ByteBuffer extra = directory.slice(start + BYTES + nameLength, extraLength);
    directory.position(start + bytes);
    return of(directory, start, name, extra);
  }

  private static DirectoryRecord of(
      ByteBuffer directory, int start, ByteBuffer name, ByteBuffer extra) {
    long compressedSize = toUnsignedLong(directory.getInt(start + 20));
    long size = toUnsignedLong(directory.getInt(start + 24));
    long offset = toUnsignedLong(directory.getInt(start + 42));
    ByteBuffer zip64 = ExtraField.find(extra, ExtraField.ZIP64);
    // The block holds only those values whose own field is full, in this order (APPNOTE 4.5.3).
    size = ExtraField.wide(size, zip64);
    compressedSize = ExtraField.wide(compressedSize, zip64);
    offset = ExtraField.wide(offset, zip64);
    int disk = toUnsignedInt(directory.getShort(start + 34));
    if (disk != 0 && disk != 0xFFFF) throw new FailureException(new MultiDisk());
    if (size < 0 || compressedSize < 0 || offset < 0) {
      throw new FailureException(new NotReadable("a size in its directory is impossible"));
    }
    return new DirectoryRecord(
        toUnsignedInt(directory.getShort(start + 8)),
        toUnsignedInt(directory.getShort(start + 10)),
        toUnsignedLong(directory.getInt(start + 16)),
        compressedSize,
        size,
        offset,
        unixMode(directory.get(start + 5), directory.getInt(start + 38)),
        name,
        extra);
  }

  /// Only a host that has Unix modes puts one into the upper half of the attributes.
  private static int unixMode(int host, int attributes) {
    return host == HOST_UNIX || host == HOST_MACOS ? attributes >>> 16 : 0;
  }
}
