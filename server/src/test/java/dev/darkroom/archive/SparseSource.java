package dev.darkroom.archive;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// An archive in memory, of any length: what is not written is zero and takes no room. Keeps what
/// was opened.
public final class SparseSource implements RangeSource {

  /// A range that was opened.
  public record Opened(long offset, long length) {}

  private final TreeMap<Long, byte[]> parts = new TreeMap<>();
  private final List<Opened> opened = new CopyOnWriteArrayList<>();
  private final long length;

  /// @param parts bytes by their offset, none overlapping another
  public SparseSource(long length, Map<Long, byte[]> parts) {
    this.length = length;
    this.parts.putAll(parts);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public InputStream open(long offset, long count) {
    if (offset < 0 || count < 0 || offset + count > length) {
      throw new IllegalArgumentException("outside of the archive: " + offset + " + " + count);
    }
    opened.add(new Opened(offset, count));
    List<InputStream> pieces = new ArrayList<>();
    long end = offset + count;
    long at = offset;
    Long first = parts.floorKey(offset);
    for (var part : parts.tailMap(first == null ? 0 : first).entrySet()) {
      long start = part.getKey();
      byte[] bytes = part.getValue();
      if (start >= end) break;
      if (start + bytes.length <= at) continue;
      pieces.add(new Zeros(Math.max(0, start - at)));
      at = Math.max(at, start);
      int from = (int) (at - start);
      int until = (int) Math.min(bytes.length, end - start);
      pieces.add(new ByteArrayInputStream(bytes, from, until - from));
      at = start + until;
    }
    pieces.add(new Zeros(end - at));
    return new SequenceInputStream(Collections.enumeration(pieces));
  }

  public List<Opened> opened() {
    return List.copyOf(opened);
  }

  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long count) {
      left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] target, int offset, int count) {
      if (left <= 0) return -1;
      int some = (int) Math.min(left, count);
      Arrays.fill(target, offset, offset + some, (byte) 0);
      left -= some;
      return some;
    }

    @Override
    public long skip(long count) {
      long some = Math.max(0, Math.min(left, count));
      left -= some;
      return some;
    }
  }
}
