package dev.darkroom.bulkupload;

import java.util.concurrent.Semaphore;

/// Bounds the bytes that images hold outside the heap while they are read and checked. Fair: a
/// large image is not starved by small ones. One that is larger than the budget takes all of it and
/// goes alone. Thread-safe.
final class MemoryBudget {

  private static final int UNIT = 1024;

  private final Semaphore units;
  private final int allUnits;

  MemoryBudget(long bytes) {
    allUnits = Math.toIntExact(bytes / UNIT);
    units = new Semaphore(allUnits, true);
  }

  /// Waits until there is room for `bytes`, and takes it until the lease is closed.
  Lease take(long bytes) throws InterruptedException {
    int taken = (int) Math.min(allUnits, Math.ceilDiv(bytes, UNIT));
    units.acquire(taken);
    return new Lease(taken);
  }

  /// Room that was taken. Closed once.
  final class Lease implements AutoCloseable {

    private final int taken;

    private Lease(int taken) {
      this.taken = taken;
    }

    @Override
    public void close() {
      units.release(taken);
    }
  }
}
