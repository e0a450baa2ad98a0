package dev.darkroom.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// A stored file in a ZIP: what stands before it and what the directory says of it (APPNOTE 4.3.7
/// and 4.3.12). Checksum and sizes are known beforehand, so there is no data descriptor. Every file
/// is of the earliest day that the format knows, so that the same dataset makes the same ZIP.
///
/// @param offset where the local header begins
record ZipRecord(FileEntry file, long offset) {

  /// The value of a field whose own lies in the ZIP64 extra field (APPNOTE 4.5.3), and the first
  /// that does not fit.
  static final long FULL_32 = 0xFFFF_FFFFL;

  private static final int LOCAL_BYTES = 30;
  private static final int DIRECTORY_BYTES = 46;
  private static final int ZIP64_HEAD_BYTES = 4;
  private static final short ZIP64 = 1;
  private static final byte[] NONE = {};

  private static final short VERSION_STORED = 10;
  static final short VERSION_ZIP64 = 45;
  static final short MADE_ON_UNIX = (3 << 8) | VERSION_ZIP64;
  private static final int REGULAR_FILE = 0100644 << 16;

  private static final short FLAG_UTF8 = 1 << 11;
  private static final short STORED = 0;
  private static final short MIDNIGHT = 0;
  private static final short FIRST_OF_JANUARY_1980 = (1 << 5) | 1;

  Piece localHeader() {
    var zip64 = zip64(false);
    int length = LOCAL_BYTES + name().length + zip64.length;
    return new Header(
        length,
        () -> {
          var bytes = new byte[length];
          var header = littleEndian(bytes).putInt(0x04034b50);
          putShared(header, zip64.length);
          header.put(name()).put(zip64);
          return bytes;
        });
  }

  Piece directoryHeader() {
    var zip64 = zip64(true);
    int length = DIRECTORY_BYTES + name().length + zip64.length;
    return new Header(
        length,
        () -> {
          var bytes = new byte[length];
          var header = littleEndian(bytes).putInt(0x02014b50).putShort(MADE_ON_UNIX);
          putShared(header, zip64.length);
          short noComment = 0;
          short firstDisk = 0;
          short binary = 0;
          header.putShort(noComment).putShort(firstDisk).putShort(binary).putInt(REGULAR_FILE);
          header.putInt((int) Math.min(offset, FULL_32)).put(name()).put(zip64);
          return bytes;
        });
  }

  /// The fields that both headers have, from the version on.
  private void putShared(ByteBuffer header, int extraLength) {
    int size = (int) Math.min(file.content().length(), FULL_32);
    header.putShort(extraLength > 0 ? VERSION_ZIP64 : VERSION_STORED);
    header.putShort(FLAG_UTF8).putShort(STORED).putShort(MIDNIGHT).putShort(FIRST_OF_JANUARY_1980);
    header.putInt((int) file.crc32().getAsLong()).putInt(size).putInt(size);
    header.putShort((short) name().length).putShort((short) extraLength);
  }

  /// The ZIP64 extra field (APPNOTE 4.5.3): the values whose own field is full, in this order;
  /// empty where none is.
  private byte[] zip64(boolean inDirectory) {
    long size = file.content().length();
    List<Long> wide = new ArrayList<>();
    if (size >= FULL_32) wide.addAll(List.of(size, size));
    if (inDirectory && offset >= FULL_32) wide.add(offset);
    if (wide.isEmpty()) return NONE;
    int length = wide.size() * Long.BYTES;
    var bytes = new byte[ZIP64_HEAD_BYTES + length];
    var field = littleEndian(bytes).putShort(ZIP64).putShort((short) length);
    wide.forEach(field::putLong);
    return bytes;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] name() {
    return file.path().getBytes(UTF_8);
  }
}
