package dev.darkroom.storage;

import java.time.Duration;

/// How long an S3 store may take.
///
/// @param connect for a connection, or for a free one of the pool
/// @param idle how long it may send nothing
record S3Timeouts(Duration connect, Duration idle) {

  static final S3Timeouts DEFAULT = new S3Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30));

  /// A put that is slower counts as hanging: a socket's write knows no timeout, and a store that
  /// has stopped takes what fits into its buffers and no more.
  private static final long SLOWEST_BYTES_PER_SECOND = 256 << 10;

  /// For one try of a request with a body of so many bytes, up to the head of its answer.
  Duration attempt(long bytes) {
    return connect.plus(idle).plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
  }
}
