package dev.darkroom.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;

/// A bound on the native memory that is out at once; whoever wants more than is left waits, first
/// come, first served. Safe for use by many threads at once.
///
/// Who wants more than the whole budget takes all of it, and has it alone. Who holds some while it
/// asks for more can wait for itself: close the one before asking for the next.
public final class MemoryBudget {

  /// The grain of the count, so that it fits an `int` for any memory.
  private static final long BYTES_PER_PERMIT = 4 << 10;

  private final int permits;
  private final Semaphore free;

  public MemoryBudget(long bytes) {
    permits = Math.toIntExact(Math.max(1, bytes / BYTES_PER_PERMIT));
    free = new Semaphore(permits, true);
  }

  /// An arena for `bytes` bytes; blocks until there is room for them. Closing it gives them back.
  ///
  /// @throws CancellationException where the thread is interrupted, which it stays
  @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
  public Arena open(long bytes) {
    int wanted = (int) Math.min(permits, bytes / BYTES_PER_PERMIT + 1);
    try {
      free.acquire(wanted);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for memory");
    }
    return new Counted(Arena.ofShared(), () -> free.release(wanted));
  }

  /// Bytes that could be had now without waiting.
  long availableBytes() {
    return free.availablePermits() * BYTES_PER_PERMIT;
  }

  /// Gives its share back once: a second close fails as that of any arena does.
  private record Counted(Arena memory, Runnable release) implements Arena {

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
      return memory.allocate(byteSize, byteAlignment);
    }

    @Override
    public MemorySegment.Scope scope() {
      return memory.scope();
    }

    @Override
    public void close() {
      memory.close();
      release.run();
    }
  }
}
