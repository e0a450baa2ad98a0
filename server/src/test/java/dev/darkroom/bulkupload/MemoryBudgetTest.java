package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

  private static final long MEGABYTE = 1 << 20;

  @Test
  void isNeverPassedByManyThreads() throws InterruptedException {
    var budget = new MemoryBudget(16 * MEGABYTE);
    var held = new AtomicLong();
    var most = new AtomicLong();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 400; n++) {
        long bytes = (1 + n % 9) * MEGABYTE;
        threads.submit(() -> {
          try (var _ = budget.take(bytes)) {
            most.accumulateAndGet(held.addAndGet(bytes), Math::max);
            Thread.yield();
            held.addAndGet(-bytes);
          }
          return bytes;
        });
      }
    }
    assertThat(held.get()).isZero();
    assertThat(most.get()).isBetween(9 * MEGABYTE, 16 * MEGABYTE);
  }

  @Test
  void givesAllOfItselfToWhatIsLarger() throws InterruptedException {
    var budget = new MemoryBudget(16 * MEGABYTE);
    var passed = new CountDownLatch(1);
    Thread small;
    try (var _ = budget.take(256 * MEGABYTE)) {
      small =
          Thread.ofVirtual()
              .start(() -> {
                try (var _ = budget.take(1)) {
                  passed.countDown();
                } catch (InterruptedException unexpected) {
                  throw new AssertionError(unexpected);
                }
              });
      assertThat(settled(small)).isEqualTo(Thread.State.WAITING);
    }
    small.join();
    assertThat(passed.getCount()).isZero();
  }

  /// The thread's state once it either waits or has ended.
  private static Thread.State settled(Thread thread) {
    Thread.State state;
    do {
      Thread.onSpinWait();
      state = thread.getState();
    } while (state != Thread.State.WAITING && state != Thread.State.TERMINATED);
    return state;
  }
}
