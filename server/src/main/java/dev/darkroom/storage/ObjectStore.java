package dev.darkroom.storage;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.util.Optional;

/// Bytes under keys, durable once a put has returned. Safe for use by many threads at once. A fault
/// of the store itself is an `IOException`, never a missing object.
public interface ObjectStore {

  /// Where the bytes are, for the operator to read; such as `directory /srv/objects`. Without
  /// secrets, and never for a client.
  String place();

  /// Stores all of `bytes`, in place of what the key held. [StoreFullException] where there is no
  /// room for them.
  void put(ObjectKey key, MemorySegment bytes) throws IOException;

  /// Stores what `bytes` gives until its end, in place of what the key held, and tells how many
  /// bytes that were. When reading fails, nothing is stored. The caller closes the stream.
  long put(ObjectKey key, InputStream bytes) throws IOException;

  /// The object's length in bytes; `ObjectNotFoundException` where there is none.
  long length(ObjectKey key) throws IOException;

  /// Opens `length` bytes from `offset`, or as many as there are; `ObjectNotFoundException` where
  /// there is no object.
  InputStream get(ObjectKey key, long offset, long length) throws IOException;

  /// Deletes the object; no error where there is none.
  void delete(ObjectKey key) throws IOException;

  /// Deletes what puts have left that never ended, because their node died. Those that go on are
  /// not touched.
  default void discardUnfinishedPuts() throws IOException {}

  /// A URL under which the store itself hands the object out, to whoever has it, where it is set up
  /// to. Whether there is an object is not looked at.
  default Optional<URI> signedUrl(ObjectKey key, LinkTerms terms) throws IOException {
    return Optional.empty();
  }

  /// The bytes that can still be stored, or `Long.MAX_VALUE` where the store knows no bound.
  long availableBytes() throws IOException;
}
