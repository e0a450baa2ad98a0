package dev.darkroom.export;

import dev.darkroom.storage.LinkTerms;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// The server's own store, which tells what is read from it, and may be out from some read on.
final class WatchedStore implements ObjectStore {

  /// To be given to `TestServer.start`.
  static class Configuration {
    @Bean
    @Primary
    WatchedStore watchedStore(@Qualifier("objectStore") ObjectStore store) {
      return new WatchedStore(store);
    }
  }

  /// Bytes that were asked for.
  record Read(ObjectKey key, long offset, long length) {}

  private final ObjectStore store;
  private final List<Read> reads = new CopyOnWriteArrayList<>();
  private volatile int readsUntilOut = Integer.MAX_VALUE;

  private WatchedStore(ObjectStore store) {
    this.store = store;
  }

  void watch() {
    reads.clear();
    readsUntilOut = Integer.MAX_VALUE;
  }

  void outAfter(int reads) {
    watch();
    readsUntilOut = reads;
  }

  List<Read> reads() {
    return List.copyOf(reads);
  }

  @Override
  public InputStream get(ObjectKey key, long offset, long length) throws IOException {
    if (reads.size() >= readsUntilOut) throw new IOException("the store is out");
    reads.add(new Read(key, offset, length));
    return store.get(key, offset, length);
  }

  @Override
  public String place() {
    return store.place();
  }

  @Override
  public void put(ObjectKey key, MemorySegment bytes) throws IOException {
    store.put(key, bytes);
  }

  @Override
  public long put(ObjectKey key, InputStream bytes) throws IOException {
    return store.put(key, bytes);
  }

  @Override
  public long length(ObjectKey key) throws IOException {
    return store.length(key);
  }

  @Override
  public void delete(ObjectKey key) throws IOException {
    store.delete(key);
  }

  @Override
  public Optional<URI> signedUrl(ObjectKey key, LinkTerms terms) throws IOException {
    return store.signedUrl(key, terms);
  }

  @Override
  public long availableBytes() throws IOException {
    return store.availableBytes();
  }
}
