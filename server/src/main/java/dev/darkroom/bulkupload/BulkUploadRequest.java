package dev.darkroom.bulkupload;

import dev.darkroom.bulkupload.ArchiveSource.OnTheWeb;
import dev.darkroom.bulkupload.ArchiveSource.Staged;
import dev.darkroom.bulkupload.IntakeFailure.SourceMissing;
import dev.darkroom.bulkupload.IntakeFailure.TwoSources;
import dev.darkroom.bulkupload.IntakeFailure.UpscalingRefused;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.webhook.Receivers;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What a client asks for: the ZIP to read, and how.
///
/// @param webhook null where nobody is to be told of the end
public record BulkUploadRequest(
    ArchiveSource source,
    boolean automaticCaptioning,
    boolean contentModeration,
    Deduplication deduplicate,
    @Nullable WantedWebhook webhook) {

  /// Who is to be told of the end.
  ///
  /// @param reportUrl where the report is, by the address that the request came to
  public record WantedWebhook(SourceUrl receiver, String reportUrl) {}

  private BulkUploadRequest telling(WantedWebhook receiver) {
    return new BulkUploadRequest(
        source, automaticCaptioning, contentModeration, deduplicate, receiver);
  }

  /// The body as it came. A null field reads as an absent one.
  public record Given(
      @Nullable String zipUrl,
      @Nullable Long uploadId,
      @Nullable Boolean automaticCaptioning,
      @Nullable Boolean contentModeration,
      @Nullable Boolean increaseResolution,
      @Nullable Deduplication deduplicate,
      @Nullable String webhookUrl) {

    /// What is asked for, without anybody to tell of its end.
    public BulkUploadRequest checked() {
      var source = source();
      if (Boolean.TRUE.equals(increaseResolution)) {
        throw new FailureException(new UpscalingRefused());
      }
      return new BulkUploadRequest(
          source,
          Boolean.TRUE.equals(automaticCaptioning),
          Boolean.TRUE.equals(contentModeration),
          deduplicate == null ? Deduplication.NONE : deduplicate,
          null);
    }

    private ArchiveSource source() {
      boolean onTheWeb = zipUrl != null && !zipUrl.isBlank();
      if (onTheWeb && uploadId != null) throw new FailureException(new TwoSources());
      if (uploadId != null) return new Staged(uploadId);
      if (zipUrl == null || !onTheWeb) throw new FailureException(new SourceMissing());
      return new OnTheWeb(SourceUrl.parse(zipUrl));
    }

    BulkUploadRequest checked(URI reportUrl) {
      var request = checked();
      return webhookUrl == null
          ? request
          : request.telling(new WantedWebhook(Receivers.parse(webhookUrl), reportUrl.toString()));
    }
  }
}
