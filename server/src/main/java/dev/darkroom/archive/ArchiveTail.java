package dev.darkroom.archive;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;

/// The last bytes of an archive that passes by, in a ring. For one thread.
final class ArchiveTail {

  private final MemorySegment ring;
  private long length;

  /// @param bytes how many are kept, at least one
  ArchiveTail(Arena arena, long bytes) {
    ring = arena.allocate(bytes);
  }

  /// How many bytes have passed by.
  long length() {
    return length;
  }

  void add(byte[] source, int offset, int count) {
    int left = count;
    while (left > 0) {
      long place = length % ring.byteSize();
      int piece = (int) Math.min(left, ring.byteSize() - place);
      MemorySegment.copy(source, offset + count - left, ring, JAVA_BYTE, place, piece);
      length += piece;
      left -= piece;
    }
  }

  /// What is kept, by its offset from the start of the archive: a piece, or two.
  Map<Long, MemorySegment> parts() {
    Map<Long, MemorySegment> parts = new TreeMap<>();
    long size = ring.byteSize();
    if (length <= size) {
      parts.put(0L, ring.asSlice(0, length));
    } else {
      long place = length % size;
      parts.put(length - size, ring.asSlice(place));
      parts.put(length - place, ring.asSlice(0, place));
    }
    return parts;
  }
}
