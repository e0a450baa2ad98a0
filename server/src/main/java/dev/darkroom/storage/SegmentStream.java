package dev.darkroom.storage;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/// Reads a memory segment, which stays where it is. For one thread.
final class SegmentStream extends InputStream {

  private final MemorySegment bytes;
  private long position;

  SegmentStream(MemorySegment bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    return position == bytes.byteSize() ? -1 : bytes.get(JAVA_BYTE, position++) & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    long left = bytes.byteSize() - position;
    if (length == 0) return 0;
    if (left == 0) return -1;
    int count = (int) Math.min(length, left);
    MemorySegment.copy(bytes, JAVA_BYTE, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return (int) Math.min(bytes.byteSize() - position, Integer.MAX_VALUE);
  }
}
