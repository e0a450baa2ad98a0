package dev.darkroom.stagedupload;

import dev.darkroom.failure.FailureException;
import dev.darkroom.stagedupload.StagedUploadFailure.CheckedTooLarge;
import dev.darkroom.stagedupload.StagedUploadFailure.TooLong;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The bytes that a request brings.
///
/// @param declared how many, or -1 where the request does not say
/// @param checksum what they must have as their digest, where the client says
record Body(InputStream bytes, long declared, @Nullable UploadChecksum checksum) {

  /// Refuses one that says itself that it is too much, before a byte of it is read.
  ///
  /// @param length of the whole upload
  void requireFit(long length, long offset) {
    if (declared > length - offset) {
      throw new FailureException(new TooLong(length, offset + declared));
    }
    if (checksum != null && declared > Reception.CHECKED_BYTES) {
      throw new FailureException(new CheckedTooLarge(Reception.CHECKED_BYTES, declared));
    }
  }
}
