package dev.darkroom.captioning;

import dev.darkroom.captioning.CaptioningFailure.Busy;
import dev.darkroom.captioning.CaptioningFailure.TimedOut;
import dev.darkroom.failure.FailureException;
import dev.darkroom.storage.StorageFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/// The calls of a captioner that a client waits for: few at a time, each within a deadline, so that
/// a slow captioner holds neither the server's threads nor its clients for ever.
@Component
final class WaitedCalls {

  private static final int AT_ONCE = 8;

  /// Less than what proxies before a server commonly allow an answer.
  private static final Duration DEADLINE = Duration.ofSeconds(55);

  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Duration deadline;

  WaitedCalls() {
    this(DEADLINE);
  }

  WaitedCalls(Duration deadline) {
    this.deadline = deadline;
  }

  /// What the call gives; interrupts it at the deadline.
  <T> T await(Callable<T> call) {
    if (!places.tryAcquire()) throw new FailureException(new Busy(AT_ONCE));
    var context = MDC.getCopyOfContextMap();
    var task =
        new FutureTask<>(() -> {
          if (context != null) MDC.setContextMap(context);
          try {
            return call.call();
          } finally {
            places.release();
          }
        });
    var _ = Thread.startVirtualThread(task);
    return result(task);
  }

  private <T> T result(FutureTask<T> task) {
    try {
      return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      task.cancel(true);
      throw new FailureException(new TimedOut(deadline), late);
    } catch (InterruptedException stopped) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new FailureException(new TimedOut(deadline), stopped);
    } catch (ExecutionException failed) {
      throw of(failed);
    }
  }

  private static RuntimeException of(ExecutionException failed) {
    return switch (failed.getCause()) {
      case RuntimeException cause -> cause;
      case IOException storeOut -> new FailureException(StorageFailure.of(storeOut), storeOut);
      case null, default -> new IllegalStateException("a captioner failed", failed);
    };
  }
}
