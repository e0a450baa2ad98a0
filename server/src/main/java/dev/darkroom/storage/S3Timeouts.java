package dev.darkroom.storage;

import java.time.Duration;

/// How long an S3 store may take.
///
/// @param connect for a connection, or for a free one of the pool
/// @param idle how long it may send nothing
/// @param slowestBytesPerSecond what it takes of a body at the least; a socket's write knows no
///   timeout, and a store that has stopped takes what fits into its buffers and no more
record S3Timeouts(Duration connect, Duration idle, long slowestBytesPerSecond) {

  static final S3Timeouts DEFAULT =
      new S3Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), 256 << 10);

  /// For one try of a request with a body of so many bytes, up to the head of its answer.
  Duration attempt(long bytes) {
    return connect.plus(idle).plusSeconds(bytes / slowestBytesPerSecond);
  }
}
