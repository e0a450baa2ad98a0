package dev.darkroom.archive;

import static java.lang.Integer.toUnsignedLong;
import static java.lang.Short.toUnsignedInt;

import dev.darkroom.archive.ArchiveFailure.MultiDisk;
import dev.darkroom.archive.ArchiveFailure.NotReadable;
import dev.darkroom.failure.FailureException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What the records at the end of an archive say of its directory (APPNOTE 4.3.14 to 4.3.16).
///
/// @param entries how many entries there are said to be; modulo 65 536 where there is no ZIP64
/// @param start where the directory lies, from the start of the archive
/// @param shift how far the directory lies behind the offset that is stated for it: the length of
///   what was put before the archive, or a multiple of 4 GiB where 32 bits were too few
/// @param zip64 whether the numbers are 64 bits wide
record DirectoryEnd(long entries, long start, long size, long shift, boolean zip64) {

  private static final int SIGNATURE = 0x06054b50;
  private static final int BYTES = 22;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int ZIP64_SIGNATURE = 0x06064b50;
  private static final int ZIP64_BYTES = 56;
  private static final int MAX_COMMENT = 0xFFFF;

  static DirectoryEnd find(RangeSource source) {
    try (Arena arena = Arena.ofConfined()) {
      int wanted = MAX_COMMENT + BYTES + LOCATOR_BYTES + ZIP64_BYTES;
      int length = (int) Math.min(wanted, source.length());
      long tailStart = source.length() - length;
      ByteBuffer tail = read(source, tailStart, length, arena);
      int place = place(tail);
      long locator = tailStart + place - LOCATOR_BYTES;
      if (place >= LOCATOR_BYTES && tail.getInt(place - LOCATOR_BYTES) == LOCATOR_SIGNATURE) {
        return zip64(source, tail.slice(place - LOCATOR_BYTES, LOCATOR_BYTES), locator);
      }
      return plain(source, little(tail.slice(place, BYTES)), tailStart + place);
    }
  }

  /// The last place whose comment ends where the archive ends; failing that, the last that leaves
  /// some bytes over, since padding after an archive is common.
  private static int place(ByteBuffer tail) {
    int padded = -1;
    for (int at = tail.limit() - BYTES; at >= 0; at--) {
      if (tail.getInt(at) != SIGNATURE) continue;
      int end = at + BYTES + toUnsignedInt(tail.getShort(at + 20));
      if (end == tail.limit()) return at;
      if (end < tail.limit() && padded < 0) padded = at;
    }
    if (padded >= 0) return padded;
    throw new FailureException(
        new NotReadable("it has no directory at its end, as when a download was cut short"));
  }

  private static DirectoryEnd plain(RangeSource source, ByteBuffer end, long at) {
    int entries = toUnsignedInt(end.getShort(10));
    if (end.getInt(4) != 0 || toUnsignedInt(end.getShort(8)) != entries) {
      throw new FailureException(new MultiDisk());
    }
    var stated =
        new DirectoryEnd(
            entries, toUnsignedLong(end.getInt(16)), toUnsignedLong(end.getInt(12)), 0, false);
    return stated.before(at, source);
  }

  private static DirectoryEnd zip64(RangeSource source, ByteBuffer rawLocator, long at) {
    ByteBuffer locator = little(rawLocator);
    if (locator.getInt(4) != 0 || toUnsignedLong(locator.getInt(16)) > 1) {
      throw new FailureException(new MultiDisk());
    }
    try (Arena arena = Arena.ofConfined()) {
      // Behind something prepended, the stated offset is wrong and the place before the locator
      // right; where the record has been extended, the other way about.
      for (long place : new long[] {locator.getLong(8), at - ZIP64_BYTES}) {
        if (place < 0 || place > at - ZIP64_BYTES) continue;
        ByteBuffer end = read(source, place, ZIP64_BYTES, arena);
        if (end.getInt(0) == ZIP64_SIGNATURE) return wide(end).before(place, source);
      }
    }
    throw new FailureException(new NotReadable("its ZIP64 directory end is missing"));
  }

  private static DirectoryEnd wide(ByteBuffer end) {
    long entries = end.getLong(32);
    if (end.getInt(16) != 0 || end.getInt(20) != 0 || end.getLong(24) != entries) {
      throw new FailureException(new MultiDisk());
    }
    return new DirectoryEnd(entries, end.getLong(48), end.getLong(40), 0, true);
  }

  /// The same directory, placed: it ends where the end record begins, unless it is not found there
  /// and is where it is stated.
  private DirectoryEnd before(long end, RangeSource source) {
    long place = end - size;
    if (size < 0 || start < 0 || entries < 0 || place < start) {
      throw new FailureException(new NotReadable("its directory lies outside of it"));
    }
    if (place == start || startsAt(place, source)) {
      return new DirectoryEnd(entries, place, size, place - start, zip64);
    }
    return this;
  }

  private boolean startsAt(long place, RangeSource source) {
    if (size < Integer.BYTES) return true;
    try (Arena arena = Arena.ofConfined()) {
      return read(source, place, Integer.BYTES, arena).getInt(0) == DirectoryRecord.SIGNATURE;
    }
  }

  private static ByteBuffer read(RangeSource source, long offset, int length, Arena arena) {
    MemorySegment bytes = arena.allocate(length);
    source.read(offset, bytes);
    return little(bytes.asByteBuffer());
  }

  private static ByteBuffer little(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }
}
