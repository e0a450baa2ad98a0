package dev.darkroom.storage;

import dev.darkroom.health.ProbedHealth;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.springframework.boot.health.contributor.Health;

/// Tells whether the store takes bytes, by one that is put and deleted again: a disk that is full
/// or read-only can still be read.
record StoreProbe(ObjectStore store) implements ProbedHealth.Probe {

  /// The same on every node, so that a node that dies in between leaves nothing that adds up.
  private static final ObjectKey KEY = new ObjectKey("health-check");

  private static final byte[] BYTE = {1};

  @Override
  public Health ask() {
    var health = Health.up().withDetail("place", store.place());
    try {
      store.put(KEY, MemorySegment.ofArray(BYTE));
      store.delete(KEY);
      long available = store.availableBytes();
      if (available < Long.MAX_VALUE) health.withDetail("available_bytes", available);
    } catch (IOException fault) {
      health
          .down()
          .withDetail("type", StorageFailure.of(fault).type())
          .withDetail("reason", fault.toString());
    }
    return health.build();
  }
}
