package dev.darkroom.archive;

import dev.darkroom.archive.ArchiveFailure.ReadingInterrupted;
import dev.darkroom.failure.FailureException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Consecutive ranges as one stream: while one is consumed, a virtual thread fetches the next. Two
/// ranges are in memory at most, both off the heap and within the node's budget. For use by one
/// thread.
final class ReadAheadStream extends InputStream {

  /// Large enough to hide a round trip of 80 ms at 100 MB/s.
  static final int RANGE_BYTES = 8 << 20;

  private final HttpRangeSource source;
  private final Arena arena;
  private final long end;
  private long next;
  private MemorySegment current = MemorySegment.NULL;
  private @Nullable MemorySegment spare;
  private long consumed;
  private @Nullable FutureTask<RangePart> ahead;
  private @Nullable FailureException fault;
  private @Nullable Thread fetcher;
  private boolean closed;

  ReadAheadStream(HttpRangeSource source, long offset, long length) {
    this.source = source;
    this.arena = source.memory().open(Math.min(length, 2 * RANGE_BYTES));
    this.next = offset;
    this.end = offset + length;
    boolean begun = false;
    try {
      fetchNext();
      begun = true;
    } finally {
      if (!begun) arena.close();
    }
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, target.length);
    if (closed) throw new IllegalStateException("closed");
    if (count == 0) return 0;
    if (consumed == current.byteSize() && !advance()) return -1;
    int some = (int) Math.min(count, current.byteSize() - consumed);
    MemorySegment.copy(current, ValueLayout.JAVA_BYTE, consumed, target, offset, some);
    consumed += some;
    return some;
  }

  @Override
  public long skip(long count) {
    if (count <= 0) return 0;
    if (consumed == current.byteSize() && !advance()) return 0;
    long some = Math.min(count, current.byteSize() - consumed);
    consumed += some;
    return some;
  }

  /// Waits until nothing writes into the memory any more, then frees it.
  @Override
  public void close() {
    if (closed) return;
    closed = true;
    if (fetcher != null) {
      fetcher.interrupt();
      joinUninterruptibly(fetcher);
    }
    arena.close();
  }

  private boolean advance() {
    if (fault != null) throw new FailureException(fault.failure(), fault);
    if (ahead == null) return false;
    RangePart arrived = await(ahead);
    spare = current.byteSize() == 0 ? null : current;
    current = arrived.bytes();
    consumed = 0;
    fault = arrived.fault();
    if (fault == null) {
      fetchNext();
    } else if (current.byteSize() == 0) {
      throw new FailureException(fault.failure(), fault);
    }
    return true;
  }

  private void fetchNext() {
    if (next == end) {
      ahead = null;
      return;
    }
    long start = next;
    long length = Math.min(RANGE_BYTES, end - start);
    MemorySegment target =
        spare != null && spare.byteSize() >= length
            ? spare.asSlice(0, length)
            : arena.allocate(length);
    next += length;
    var fetch = new FutureTask<>(() -> new RangeFetch(source, start, target).run());
    ahead = fetch;
    fetcher = Thread.ofVirtual().name("range-fetch").start(fetch);
  }

  private static RangePart await(FutureTask<RangePart> fetch) {
    try {
      return fetch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException(new ReadingInterrupted(), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
