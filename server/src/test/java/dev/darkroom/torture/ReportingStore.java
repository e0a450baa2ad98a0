package dev.darkroom.torture;

import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.torture.Moment.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/// A node's own store, with a report before and after each put and before each delete.
record ReportingStore(ObjectStore store, Listener listener) implements ObjectStore {

  /// What is told of a moment, and tells whether the store can be had then.
  @FunctionalInterface
  interface Listener {
    boolean report(Moment moment, String key);
  }

  @Override
  public String place() {
    return store.place();
  }

  @Override
  public void put(ObjectKey key, MemorySegment bytes) throws IOException {
    report(key, Stage.PUTS);
    store.put(key, bytes);
    report(key, Stage.HAS_PUT);
  }

  @Override
  public long put(ObjectKey key, InputStream bytes) throws IOException {
    report(key, Stage.PUTS);
    long length = store.put(key, bytes);
    report(key, Stage.HAS_PUT);
    return length;
  }

  @Override
  public long length(ObjectKey key) throws IOException {
    return store.length(key);
  }

  @Override
  public InputStream get(ObjectKey key, long offset, long length) throws IOException {
    return store.get(key, offset, length);
  }

  @Override
  public void delete(ObjectKey key) throws IOException {
    report(key, Stage.DELETES);
    store.delete(key);
  }

  @Override
  public void discardUnfinishedPuts() throws IOException {
    store.discardUnfinishedPuts();
  }

  @Override
  public long availableBytes() throws IOException {
    return store.availableBytes();
  }

  private void report(ObjectKey key, Stage stage) throws IOException {
    var moment = new Moment(subject(key), stage);
    if (!listener.report(moment, key.value())) throw new IOException("the test says so");
  }

  private static String subject(ObjectKey key) {
    if (key.value().contains("spool")) return "spool";
    return key.value().endsWith("thumbnail") ? "thumbnail" : "image";
  }
}
