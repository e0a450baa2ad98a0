package dev.darkroom.bulkupload;

import dev.darkroom.storage.LinkTerms;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// The server's own store, at whose puts something happens first, once it is armed: a test waits,
/// or breaks it.
public final class FaultyStore implements ObjectStore {

  /// What happens before a put.
  @FunctionalInterface
  public interface Fault {
    void strike(ObjectKey key) throws IOException;
  }

  /// How much room there is said to be.
  @FunctionalInterface
  interface Room {
    long bytes() throws IOException;
  }

  /// To be given to `TestServer.start`.
  public static class Configuration {
    @Bean
    @Primary
    FaultyStore faultyStore(@Qualifier("objectStore") ObjectStore store) {
      return new FaultyStore(store);
    }
  }

  private final ObjectStore store;
  private volatile Fault fault = _ -> {};
  private volatile Room room;

  private FaultyStore(ObjectStore store) {
    this.store = store;
    this.room = store::availableBytes;
  }

  void claimRoom(Room room) {
    this.room = room;
  }

  public void beforeEachPut(Fault fault) {
    this.fault = fault;
  }

  public void recover() {
    fault = _ -> {};
    room = store::availableBytes;
  }

  @Override
  public String place() {
    return store.place();
  }

  @Override
  public void put(ObjectKey key, MemorySegment bytes) throws IOException {
    fault.strike(key);
    store.put(key, bytes);
  }

  @Override
  public long put(ObjectKey key, InputStream bytes) throws IOException {
    fault.strike(key);
    return store.put(key, bytes);
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
    store.delete(key);
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
    return room.bytes();
  }
}
