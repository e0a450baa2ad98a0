package dev.darkroom.storage;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.util.Optional;

/// Times what is asked of a store, as `darkroom.store`, by operation and outcome.
record MeteredStore(ObjectStore store, MeterRegistry meters) implements ObjectStore, Closeable {

  private interface Operation<T> {
    T run() throws IOException;
  }

  @Override
  public String place() {
    return store.place();
  }

  @Override
  public void put(ObjectKey key, MemorySegment bytes) throws IOException {
    var _ =
        timed(
            "put",
            () -> {
              store.put(key, bytes);
              return bytes;
            });
  }

  @Override
  public long put(ObjectKey key, InputStream bytes) throws IOException {
    return timed("put", () -> store.put(key, bytes));
  }

  @Override
  public long length(ObjectKey key) throws IOException {
    return timed("length", () -> store.length(key));
  }

  /// Timed until the first byte can be read.
  @Override
  public InputStream get(ObjectKey key, long offset, long length) throws IOException {
    return timed("get", () -> store.get(key, offset, length));
  }

  @Override
  public void delete(ObjectKey key) throws IOException {
    var _ =
        timed(
            "delete",
            () -> {
              store.delete(key);
              return key;
            });
  }

  @Override
  public void discardUnfinishedPuts() throws IOException {
    store.discardUnfinishedPuts();
  }

  @Override
  public Optional<URI> signedUrl(ObjectKey key, LinkTerms terms) throws IOException {
    return store.signedUrl(key, terms);
  }

  @Override
  public long availableBytes() throws IOException {
    return store.availableBytes();
  }

  @Override
  public void close() throws IOException {
    if (store instanceof Closeable connected) connected.close();
  }

  private <T> T timed(String operation, Operation<T> work) throws IOException {
    var timer = Timer.start(meters);
    String outcome = "failed";
    try {
      T result = work.run();
      outcome = "done";
      return result;
    } finally {
      timer.stop(meters.timer("darkroom.store", "operation", operation, "outcome", outcome));
    }
  }
}
