package dev.darkroom.bulkupload;

import dev.darkroom.bulkupload.Attempt.HandedBack;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory outside the heap, of any thread, that gives its room in the budget back when it is
/// closed.
final class BudgetedArena implements Arena {

  private final Arena arena = Arena.ofShared();
  private final MemoryBudget.Lease lease;

  private BudgetedArena(MemoryBudget.Lease lease) {
    this.lease = lease;
  }

  /// Waits for room for `bytes` bytes.
  static Arena open(MemoryBudget budget, long bytes) {
    try {
      return new BudgetedArena(budget.take(bytes));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new HandedBack();
    }
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    return arena.allocate(byteSize, byteAlignment);
  }

  @Override
  public MemorySegment.Scope scope() {
    return arena.scope();
  }

  @Override
  public void close() {
    arena.close();
    lease.close();
  }
}
