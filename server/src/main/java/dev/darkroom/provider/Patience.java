package dev.darkroom.provider;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOff;

/// Which faults one call tries again: those that pass, twice, while the gate stays open and the
/// provider does not ask for a longer pause. For one call by one thread.
final class Patience implements RetryPolicy {

  /// A longer pause is for the gate, which keeps all other requests from coming too.
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private static final int MAX_RETRIES = 2;

  /// Before the first retry; the second waits twice as long. Give or take a half.
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Deadline deadline;
  private final BooleanSupplier isOpen;
  private int retries;
  private Duration pause = Duration.ZERO;

  Patience(Deadline deadline, BooleanSupplier isOpen) {
    this.deadline = deadline;
    this.isOpen = isOpen;
  }

  @Override
  public boolean shouldRetry(Throwable problem) {
    if (!(problem instanceof Fault.Met met) || !met.fault().passing()) return false;
    if (Thread.currentThread().isInterrupted() || retries == MAX_RETRIES) return false;
    pause = pause(met.fault());
    retries++;
    return pause.compareTo(LONGEST_PAUSE) <= 0
        && pause.compareTo(deadline.left()) < 0
        && isOpen.getAsBoolean();
  }

  private Duration pause(Fault fault) {
    var asked = fault.retryAfter();
    var jittered =
        PAUSE.toMillis() * (1L << retries) * ThreadLocalRandom.current().nextDouble(0.5, 1.5);
    var own = Duration.ofMillis((long) jittered);
    return asked == null || asked.compareTo(own) < 0 ? own : asked;
  }

  @Override
  public BackOff getBackOff() {
    return () -> () -> pause.toMillis();
  }
}
