package dev.darkroom.archive;

import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectNotFoundException;
import dev.darkroom.storage.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A store in memory that can be out.
final class MemoryStore implements ObjectStore {

  final Map<ObjectKey, byte[]> objects = new ConcurrentHashMap<>();
  volatile boolean out;

  @Override
  public void put(ObjectKey key, MemorySegment bytes) throws IOException {
    requireUp();
    objects.put(key, bytes.toArray(ValueLayout.JAVA_BYTE));
  }

  @Override
  public long put(ObjectKey key, InputStream bytes) throws IOException {
    requireUp();
    byte[] all = bytes.readAllBytes();
    objects.put(key, all);
    return all.length;
  }

  @Override
  public long length(ObjectKey key) throws IOException {
    return find(key).length;
  }

  @Override
  public InputStream get(ObjectKey key, long offset, long length) throws IOException {
    byte[] all = find(key);
    return new ByteArrayInputStream(all, (int) offset, (int) Math.min(length, all.length - offset));
  }

  @Override
  public void delete(ObjectKey key) throws IOException {
    requireUp();
    objects.remove(key);
  }

  @Override
  public String place() {
    return "memory";
  }

  @Override
  public long availableBytes() {
    return Long.MAX_VALUE;
  }

  private byte[] find(ObjectKey key) throws IOException {
    requireUp();
    byte[] found = objects.get(key);
    if (found == null) throw new ObjectNotFoundException(key);
    return found;
  }

  private void requireUp() throws IOException {
    if (out) throw new IOException("the store is out");
  }
}
