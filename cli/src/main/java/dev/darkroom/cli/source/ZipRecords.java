package dev.darkroom.cli.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The records of a ZIP for one stored file, and those at its end; sections of PKWARE's APPNOTE. Of
/// what a plain field cannot hold the ZIP64 form is added.
final class ZipRecords {

  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int DIRECTORY_RECORD = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int ZIP64_END = 0x06064b50;
  private static final int ZIP64_LOCATOR = 0x07064b50;

  private static final int LOCAL_HEADER_BYTES = 30;
  private static final int DIRECTORY_RECORD_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final int ZIP64_END_BYTES = 56;
  private static final int ZIP64_LOCATOR_BYTES = 20;

  private static final short VERSION = 20;
  private static final short ZIP64_VERSION = 45;

  /// Bit 11: the name is UTF-8 (4.4.4).
  private static final short FLAGS = 1 << 11;

  private static final short STORED = 0;

  /// 1 January 1980, the first day that the format knows.
  private static final short DATE = 1 << 5 | 1;

  private static final short TIME = 0;
  private static final short ZIP64_FIELD = 1;
  private static final long MAX_INT = 0xFFFFFFFFL;
  private static final int MAX_SHORT = 0xFFFF;

  private final StoredZip.Entry entry;
  private final byte[] name;

  ZipRecords(StoredZip.Entry entry) {
    this.entry = entry;
    this.name = entry.name().getBytes(StandardCharsets.UTF_8);
  }

  StoredZip.Entry entry() {
    return entry;
  }

  /// What comes before the file's bytes (4.3.7).
  byte[] localHeader() {
    int extra = isLarge() ? 4 + 16 : 0;
    var bytes = buffer(LOCAL_HEADER_BYTES + name.length + extra).putInt(LOCAL_HEADER);
    putCommon(bytes, isLarge()).putShort((short) extra).put(name);
    if (isLarge()) bytes.putShort(ZIP64_FIELD).putShort((short) 16).putLong(size()).putLong(size());
    return written(bytes);
  }

  /// The file's record in the directory (4.3.12).
  ///
  /// @param start where its local header begins
  byte[] directoryRecord(long start) {
    boolean far = start >= MAX_INT;
    int fields = (isLarge() ? 16 : 0) + (far ? 8 : 0);
    int extra = fields == 0 ? 0 : 4 + fields;
    var bytes = buffer(DIRECTORY_RECORD_BYTES + name.length + extra).putInt(DIRECTORY_RECORD);
    bytes.putShort(isLarge() || far ? ZIP64_VERSION : VERSION);
    putCommon(bytes, isLarge() || far).putShort((short) extra);
    // No comment, the first disk, no attributes.
    bytes.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
    bytes.putInt(bounded(start)).put(name);
    if (extra > 0) bytes.putShort(ZIP64_FIELD).putShort((short) fields);
    if (isLarge()) bytes.putLong(size()).putLong(size());
    if (far) bytes.putLong(start);
    return written(bytes);
  }

  /// What local header and directory record both say.
  private ByteBuffer putCommon(ByteBuffer bytes, boolean zip64) {
    return bytes
        .putShort(zip64 ? ZIP64_VERSION : VERSION)
        .putShort(FLAGS)
        .putShort(STORED)
        .putShort(TIME)
        .putShort(DATE)
        .putInt((int) entry.crc32())
        .putInt(bounded(size()))
        .putInt(bounded(size()))
        .putShort((short) name.length);
  }

  private long size() {
    return entry.file().size();
  }

  private boolean isLarge() {
    return size() >= MAX_INT;
  }

  /// What ends the ZIP (4.3.14 to 4.3.16).
  static byte[] end(int entries, long directoryStart, long directoryBytes) {
    boolean zip64 = entries >= MAX_SHORT || directoryStart >= MAX_INT || directoryBytes >= MAX_INT;
    int zip64Bytes = zip64 ? ZIP64_END_BYTES + ZIP64_LOCATOR_BYTES : 0;
    var bytes = buffer(zip64Bytes + END_BYTES);
    if (zip64) {
      bytes.putInt(ZIP64_END).putLong(ZIP64_END_BYTES - 12);
      bytes.putShort(ZIP64_VERSION).putShort(ZIP64_VERSION).putInt(0).putInt(0);
      bytes.putLong(entries).putLong(entries).putLong(directoryBytes).putLong(directoryStart);
      bytes.putInt(ZIP64_LOCATOR).putInt(0).putLong(directoryStart + directoryBytes).putInt(1);
    }
    short count = (short) Math.min(entries, MAX_SHORT);
    bytes.putInt(END).putShort((short) 0).putShort((short) 0).putShort(count).putShort(count);
    bytes.putInt(bounded(directoryBytes)).putInt(bounded(directoryStart)).putShort((short) 0);
    return written(bytes);
  }

  private static int bounded(long value) {
    return (int) Math.min(value, MAX_INT);
  }

  private static byte[] written(ByteBuffer bytes) {
    var all = new byte[bytes.position()];
    bytes.flip().get(all);
    return all;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
