package dev.darkroom.archive;

import dev.darkroom.archive.ArchiveFailure.CopyMissing;
import dev.darkroom.archive.ArchiveFailure.StoreUnavailable;
import dev.darkroom.failure.FailureException;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectNotFoundException;
import dev.darkroom.storage.ObjectStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// An archive in the object store, such as the copy of one whose server knows no ranges.
///
/// @param length in bytes
public record StoredRangeSource(ObjectStore store, ObjectKey key, long length)
    implements RangeSource {

  /// The object under `key`, as long as it is.
  public static StoredRangeSource open(ObjectStore store, ObjectKey key) {
    try {
      return new StoredRangeSource(store, key, store.length(key));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public InputStream open(long offset, long count) {
    Objects.checkFromIndexSize(offset, count, length);
    try {
      return new StoreStream(store.get(key, offset, count), count);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static FailureException failed(IOException e) {
    return new FailureException(
        e instanceof ObjectNotFoundException ? new CopyMissing() : new StoreUnavailable(), e);
  }

  /// Gives all of the bytes, or fails as the store did.
  private static final class StoreStream extends FilterInputStream {

    private long left;

    StoreStream(InputStream bytes, long length) {
      super(bytes);
      left = length;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) {
      if (left == 0) return -1;
      try {
        int some = in.read(target, offset, (int) Math.min(count, left));
        if (some < 0) throw new FailureException(new CopyMissing());
        left -= some;
        return some;
      } catch (IOException e) {
        throw failed(e);
      }
    }

    @Override
    public long skip(long count) {
      try {
        long some = in.skip(Math.min(count, left));
        left -= some;
        return some;
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }
}
