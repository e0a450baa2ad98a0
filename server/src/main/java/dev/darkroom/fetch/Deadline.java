package dev.darkroom.fetch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;
import org.jspecify.annotations.Nullable;

/// Cuts off an exchange whose first bytes are not there in time, wherever it hangs. Once closed it
/// never strikes. Safe for use by many threads at once.
final class Deadline implements AutoCloseable {

  /// The deadline of the exchange that this thread is in; the client passes a lookup nothing else.
  private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

  private final Duration length;
  private final long end;
  private final CompletableFuture<@Nullable Void> timer = new CompletableFuture<>();
  private volatile boolean struck;
  private volatile @Nullable Cancellable watched;

  Deadline(Duration length) {
    this.length = length;
    this.end = System.nanoTime() + length.toNanos();
    // On a thread of its own, because closing a TLS connection may block.
    var _ =
        timer
            .orTimeout(length.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete((_, timeout) -> {
              if (timeout != null) {
                Thread.startVirtualThread(this::strike);
              }
            });
  }

  /// The shorter of `most` and what is left of the deadline of the current exchange.
  static Duration within(Duration most) {
    if (!CURRENT.isBound()) {
      return most;
    }
    Duration left = Duration.ofNanos(CURRENT.get().left());
    return left.compareTo(most) < 0 ? left : most;
  }

  <T, X extends Throwable> T bound(ScopedValue.CallableOp<T, X> exchange) throws X {
    return ScopedValue.where(CURRENT, this).call(exchange);
  }

  /// Takes the place of what was watched before; cancelled at once when the deadline has passed.
  void watch(Cancellable request) {
    watched = request;
    if (struck) {
      request.cancel();
    }
  }

  private void strike() {
    struck = true;
    Cancellable request = watched;
    if (request != null) {
      request.cancel();
    }
  }

  boolean passed() {
    return struck || (left() == 0 && !closedInTime());
  }

  private boolean closedInTime() {
    return timer.isDone() && !timer.isCompletedExceptionally();
  }

  private long left() {
    return Math.max(0, end - System.nanoTime());
  }

  Duration length() {
    return length;
  }

  @Override
  public void close() {
    timer.complete(null);
  }
}
