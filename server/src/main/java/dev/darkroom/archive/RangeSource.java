package dev.darkroom.archive;

import dev.darkroom.archive.SourceFailure.ConnectionLost;
import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The bytes of an archive, readable from any offset. Every read is of the same version: one that
/// finds another version throws `FailureException` with `ArchiveFailure.Changed`; one that finds
/// the source gone throws it with the source's own failure. Safe for use by many threads at once.
public interface RangeSource {

  /// The archive's length in bytes.
  long length();

  /// Opens exactly `length` bytes from `offset`. Reading ahead is the source's business; the stream
  /// blocks, and throws `FailureException`, never a bare `IOException`, where the source fails or
  /// ends early.
  InputStream open(long offset, long length);

  /// Fills `target` with the bytes from `offset`.
  default void read(long offset, MemorySegment target) {
    byte[] buffer = new byte[(int) Math.min(target.byteSize(), 64 << 10)];
    try (InputStream bytes = open(offset, target.byteSize())) {
      for (long done = 0; done < target.byteSize(); ) {
        int wanted = (int) Math.min(buffer.length, target.byteSize() - done);
        int count = bytes.read(buffer, 0, wanted);
        if (count < 0) throw new FailureException(new ConnectionLost("it ended early"));
        MemorySegment.copy(buffer, 0, target, ValueLayout.JAVA_BYTE, done, count);
        done += count;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
