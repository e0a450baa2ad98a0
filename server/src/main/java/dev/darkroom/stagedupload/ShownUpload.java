package dev.darkroom.stagedupload;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A staged upload as its organization sees it.
///
/// @param used whether a bulk upload has taken it
record ShownUpload(
    long id,
    @Nullable String fileName,
    long length,
    long offset,
    boolean used,
    Instant createdAt,
    Instant expiresAt) {

  static ShownUpload of(StagedUpload upload) {
    return new ShownUpload(
        upload.id(),
        upload.fileName(),
        upload.length(),
        upload.offset(),
        upload.state() != StagedUploadState.OPEN,
        upload.createdAt(),
        upload.expiresAt());
  }
}
