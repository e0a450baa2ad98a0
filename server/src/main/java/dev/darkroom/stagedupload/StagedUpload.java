package dev.darkroom.stagedupload;

import dev.darkroom.failure.FailureException;
import dev.darkroom.stagedupload.StagedUploadFailure.AlreadyUsed;
import dev.darkroom.stagedupload.StagedUploadFailure.Expired;
import dev.darkroom.stagedupload.StagedUploadFailure.Incomplete;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A ZIP that is on its way to the server, or there.
///
/// @param length of the whole ZIP in bytes, as its client declared it
/// @param offset how many bytes from its beginning are stored
/// @param pieces in how many objects
/// @param metadata Upload-Metadata as it was sent
/// @param fileName as the metadata name it; for showing only
/// @param expiresAt when it is forgotten, unless it is in use then
public record StagedUpload(
    long id,
    long organizationId,
    long length,
    long offset,
    int pieces,
    @Nullable String metadata,
    @Nullable String fileName,
    StagedUploadState state,
    Instant createdAt,
    Instant expiresAt) {

  boolean isComplete() {
    return offset == length;
  }

  boolean isExpired(Instant now) {
    return state == StagedUploadState.OPEN && !expiresAt.isAfter(now);
  }

  StagedUpload requireAlive(Instant now) {
    if (isExpired(now)) throw new FailureException(new Expired(id, expiresAt));
    return this;
  }

  /// Refuses one that no bulk upload can be made of, now or any more.
  StagedUpload requireUsable(Instant now) {
    if (state != StagedUploadState.OPEN) throw new FailureException(new AlreadyUsed(id));
    requireAlive(now);
    if (!isComplete()) throw new FailureException(new Incomplete(id, length, offset));
    return this;
  }

  /// How it is called where a URL would stand: `upload 17 (plates.zip)`.
  public String shown() {
    return "upload " + id + (fileName == null ? "" : " (" + fileName + ")");
  }
}
