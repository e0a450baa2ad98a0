package dev.darkroom.export;

import dev.darkroom.failure.FailureException;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectNotFoundException;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.storage.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A stored object.
record StoredBytes(ObjectStore store, ObjectKey key, long length) implements Piece {

  private static final int BUFFER_BYTES = 64 << 10;

  /// Reads and sends in turns; a fault of the store is never taken for one of the client.
  @Override
  public void send(long from, long length, OutputStream client) throws IOException {
    var buffer = new byte[(int) Math.min(length, BUFFER_BYTES)];
    try (var bytes = open(from, length)) {
      for (long left = length; left > 0; ) {
        int count = read(bytes, buffer, (int) Math.min(left, buffer.length));
        client.write(buffer, 0, count);
        left -= count;
      }
    }
  }

  private InputStream open(long from, long length) {
    try {
      return store.get(key, from, length);
    } catch (ObjectNotFoundException deleted) {
      throw new FailureException(ExportFailure.Plain.CHANGED, deleted);
    } catch (IOException out) {
      throw new FailureException(StorageFailure.of(out), out);
    }
  }

  private int read(InputStream bytes, byte[] buffer, int most) {
    try {
      int count = bytes.read(buffer, 0, most);
      if (count < 0)
        throw new IllegalStateException("%s is shorter than %d".formatted(key, length));
      return count;
    } catch (IOException out) {
      throw new FailureException(StorageFailure.of(out), out);
    }
  }
}
