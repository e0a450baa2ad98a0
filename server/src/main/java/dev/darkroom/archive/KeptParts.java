package dev.darkroom.archive;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;

/// A part of an archive of which only pieces are kept, read as if the rest were zeros. For one
/// thread.
final class KeptParts extends InputStream {

  private final NavigableMap<Long, MemorySegment> parts;
  private final long end;
  private long at;

  /// @param parts by their offsets; where one begins, the one before it ends
  KeptParts(NavigableMap<Long, MemorySegment> parts, long offset, long length) {
    this.parts = parts;
    this.at = offset;
    this.end = offset + length;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int count) {
    if (at == end) return -1;
    Long next = parts.higherKey(at);
    long until = next == null ? end : Math.min(end, next);
    Map.Entry<Long, MemorySegment> part = parts.floorEntry(at);
    long within = part == null ? 0 : part.getKey() + part.getValue().byteSize() - at;
    int some = (int) Math.min(count, within > 0 ? Math.min(within, until - at) : until - at);
    if (part != null && within > 0) {
      MemorySegment.copy(part.getValue(), JAVA_BYTE, at - part.getKey(), target, offset, some);
    } else {
      Arrays.fill(target, offset, offset + some, (byte) 0);
    }
    at += some;
    return some;
  }

  @Override
  public long skip(long count) {
    long some = Math.max(0, Math.min(count, end - at));
    at += some;
    return some;
  }
}
