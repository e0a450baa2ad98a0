package dev.darkroom.stagedupload;

import dev.darkroom.storage.ObjectKey;

/// Bytes of a staged upload that are stored as one object.
///
/// @param start where they stand in the upload
/// @param length in bytes, 1 at least
record Piece(long start, long length, ObjectKey key) {

  /// The key of what a writer stores from an offset on; a writer that was overtaken never puts its
  /// bytes under the key of another's.
  static ObjectKey key(long uploadId, long writer, long start) {
    return new ObjectKey("staged/%d/%d/%d".formatted(uploadId, writer, start));
  }

  long end() {
    return start + length;
  }
}
