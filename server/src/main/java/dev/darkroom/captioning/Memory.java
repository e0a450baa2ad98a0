package dev.darkroom.captioning;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// The bytes of one image, outside the heap, until this is closed. For use by one thread.
@SuppressWarnings("MustBeClosedChecker") // What is opened here is closed with this.
final class Memory implements AutoCloseable {

  private static final int FIRST_BYTES = 1 << 20;
  private static final int BUFFER_BYTES = 64 << 10;

  private Arena arena = Arena.ofConfined();

  MemorySegment copy(ByteBuffer bytes) {
    return arena.allocate(bytes.remaining()).copyFrom(MemorySegment.ofBuffer(bytes));
  }

  /// What the stream gives until its end; of one that gives more than `maxBytes`, one byte more
  /// than that, or some.
  MemorySegment read(InputStream stream, int maxBytes) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    var memory = arena.allocate(FIRST_BYTES);
    long filled = 0;
    for (int got = stream.read(buffer); got >= 0 && filled <= maxBytes; got = stream.read(buffer)) {
      if (filled + got > memory.byteSize()) memory = grown(memory);
      MemorySegment.copy(buffer, 0, memory, JAVA_BYTE, filled, got);
      filled += got;
    }
    return memory.asSlice(0, filled);
  }

  private MemorySegment grown(MemorySegment memory) {
    var outgrown = arena;
    arena = Arena.ofConfined();
    try (outgrown) {
      return arena.allocate(2 * memory.byteSize()).copyFrom(memory);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
