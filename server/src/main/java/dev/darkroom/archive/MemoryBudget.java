package dev.darkroom.archive;

import dev.darkroom.failure.FailureException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Semaphore;

/// A bound on the native memory that entries take up at once, shared by all who read; whoever wants
/// more than is left waits, first come, first served. Safe for use by many threads at once.
///
/// An entry larger than the whole budget takes all of it, so that it is read alone. A reader that
/// holds one entry while it asks for the next can wait for itself: close each before the next is
/// read, or leave room.
public final class MemoryBudget implements EntryArenas {

  /// The grain of the count, so that it fits an `int` for any memory.
  private static final long BYTES_PER_PERMIT = 4 << 10;

  private final int permits;
  private final Semaphore free;

  public MemoryBudget(long bytes) {
    permits = Math.toIntExact(Math.max(1, bytes / BYTES_PER_PERMIT));
    free = new Semaphore(permits, true);
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // The content that it is made for closes it.
  public Arena open(long bytes) {
    int wanted = (int) Math.min(permits, bytes / BYTES_PER_PERMIT + 1);
    try {
      free.acquire(wanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException(new ArchiveFailure.ReadingInterrupted(), e);
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
