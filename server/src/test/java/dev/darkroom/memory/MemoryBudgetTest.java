package dev.darkroom.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MemoryBudgetTest {

  private final MemoryBudget budget = new MemoryBudget(1 << 20);

  @Test
  void neverLetsOutMoreThanItHas() throws InterruptedException {
    var out = new AtomicLong();
    var most = new AtomicLong();
    List<Thread> readers = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      long bytes = i * 10_000L;
      readers.add(
          Thread.startVirtualThread(() -> {
            try (Arena arena = budget.open(bytes)) {
              most.accumulateAndGet(out.addAndGet(bytes), Math::max);
              arena.allocate(bytes).fill((byte) 1);
              out.addAndGet(-bytes);
            }
          }));
    }
    for (Thread reader : readers) reader.join();
    assertThat(most.get()).isPositive().isLessThanOrEqualTo(1 << 20);
    assertThat(budget.availableBytes()).isEqualTo(1 << 20);
  }

  @Test
  void letsALargerEntryThroughAlone() throws InterruptedException {
    var waiting = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    try (Arena large = budget.open(5 << 20)) {
      assertThat(large.allocate(5 << 20).byteSize()).isEqualTo(5 << 20);
      assertThat(budget.availableBytes()).isZero();
      Thread.startVirtualThread(() -> {
        waiting.countDown();
        try (Arena small = budget.open(1)) {
          if (small.scope().isAlive()) done.countDown();
        }
      });
      waiting.await();
      assertThat(done.getCount()).isEqualTo(1);
    }
    done.await();
  }
}
