package dev.darkroom.archive;

import dev.darkroom.archive.ArchiveFailure.Changed;
import dev.darkroom.archive.SourceFailure.RangeNotSupported;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.fetch.ByteRange;
import dev.darkroom.fetch.FetchFailure.BadStatus;
import dev.darkroom.fetch.FetchRequest;
import dev.darkroom.fetch.Fetched;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Fetches one range of a pinned archive into native memory, and goes on at the byte reached where
/// the source fails on the way. It gives up after four failures in a row; one that brought
/// [#PROGRESS_BYTES] is the first of a new row. For use by one thread, once.
final class RangeFetch {

  private static final int TRIES = 4;

  /// So that connections may be cut however often, as long as the source gets on: a range costs 32
  /// short pauses at the most.
  private static final int PROGRESS_BYTES = 256 << 10;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int PRECONDITION_FAILED = 412;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final HttpRangeSource source;
  private final long offset;
  private final MemorySegment target;
  private long filled;

  RangeFetch(HttpRangeSource source, long offset, MemorySegment target) {
    this.source = source;
    this.offset = offset;
    this.target = target;
  }

  RangePart run() throws InterruptedException {
    int tries = 0;
    while (filled < target.byteSize()) {
      long before = filled;
      try {
        fetchRest();
        // A source may give less than it was asked for, as long as it gives something.
        if (filled == before) throw new FailureException(new RangeNotSupported());
      } catch (FailureException e) {
        tries = filled - before < PROGRESS_BYTES ? tries + 1 : 1;
        if (tries == TRIES || !mayPass(e.failure())) {
          return new RangePart(target.asSlice(0, filled), translated(e));
        }
        source.pause().take(pauseAfter(e.failure(), tries));
      }
    }
    return new RangePart(target, null);
  }

  private void fetchRest() {
    long first = offset + filled;
    long last = offset + target.byteSize() - 1;
    var range = new ByteRange(first, last);
    var request = new FetchRequest(range, source.version().etag(), null);
    try (Fetched answer = source.http().get(source.url(), request)) {
      if (!source.version().admits(SourceVersion.of(answer))) {
        throw new FailureException(new Changed());
      }
      boolean asked =
          answer.status() == 206
              && answer.contentRange().filter(given -> given.first() == first).isPresent();
      if (!asked) throw new FailureException(new RangeNotSupported());
      fill(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill(InputStream body) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    var pace = source.newPace();
    while (filled < target.byteSize()) {
      int wanted = (int) Math.min(buffer.length, target.byteSize() - filled);
      int count = body.read(buffer, 0, wanted);
      if (count < 0) return;
      MemorySegment.copy(buffer, 0, target, ValueLayout.JAVA_BYTE, filled, count);
      filled += count;
      if (filled < target.byteSize()) pace.count(count);
    }
  }

  private static boolean mayPass(Failure failure) {
    return !(failure instanceof ArchiveFailure) && failure.retry() == Retry.LATER;
  }

  private static FailureException translated(FailureException e) {
    if (e.failure() instanceof BadStatus refused
        && (refused.code() == PRECONDITION_FAILED || refused.code() == RANGE_NOT_SATISFIABLE)) {
      return new FailureException(new Changed(), e);
    }
    return new FailureException(SourceFault.of(e.failure()), e);
  }

  /// What the source asks for, within reason; else twice as long each time, jittered so that the
  /// readers of one source do not come back together.
  private static Duration pauseAfter(Failure failure, int tries) {
    Duration asked = failure.retryAfter();
    return asked == null ? jittered(tries) : shorter(asked, LONGEST_PAUSE);
  }

  private static Duration jittered(int tries) {
    double factor = ThreadLocalRandom.current().nextDouble(0.5, 1.5) * (1 << (tries - 1));
    return Duration.ofMillis((long) (FIRST_PAUSE.toMillis() * factor));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
