package dev.darkroom.bulkupload;

import dev.darkroom.bulkupload.IntakeFailure.SourceMissing;
import dev.darkroom.bulkupload.IntakeFailure.UpscalingRefused;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.SourceUrl;
import org.jspecify.annotations.Nullable;

/// What a client asks for: the ZIP to read, and how.
public record BulkUploadRequest(
    SourceUrl source,
    boolean automaticCaptioning,
    boolean contentModeration,
    Deduplication deduplicate) {

  /// The body as it came. A null field reads as an absent one.
  public record Given(
      @Nullable String zipUrl,
      @Nullable Boolean automaticCaptioning,
      @Nullable Boolean contentModeration,
      @Nullable Boolean increaseResolution,
      @Nullable Deduplication deduplicate) {

    public BulkUploadRequest checked() {
      if (zipUrl == null || zipUrl.isBlank()) throw new FailureException(new SourceMissing());
      if (Boolean.TRUE.equals(increaseResolution)) {
        throw new FailureException(new UpscalingRefused());
      }
      return new BulkUploadRequest(
          SourceUrl.parse(zipUrl),
          Boolean.TRUE.equals(automaticCaptioning),
          Boolean.TRUE.equals(contentModeration),
          deduplicate == null ? Deduplication.NONE : deduplicate);
    }
  }
}
