package dev.darkroom.storage;

import java.io.IOException;

/// The store has no room for the bytes.
public final class StoreFullException extends IOException {

  private final long availableBytes;

  /// @param place as [ObjectStore#place] says
  /// @param availableBytes how many can still be stored
  public StoreFullException(String place, long availableBytes, IOException cause) {
    super("%s is full: %,d bytes are free".formatted(place, availableBytes), cause);
    this.availableBytes = availableBytes;
  }

  public long availableBytes() {
    return availableBytes;
  }
}
