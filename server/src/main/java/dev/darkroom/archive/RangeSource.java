package dev.darkroom.archive;

import java.io.InputStream;

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
}
