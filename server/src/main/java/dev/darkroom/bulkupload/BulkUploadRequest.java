package dev.darkroom.bulkupload;

import dev.darkroom.bulkupload.IntakeFailure.SourceMissing;
import dev.darkroom.bulkupload.IntakeFailure.UpscalingRefused;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.webhook.Receivers;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What a client asks for: the ZIP to read, and how.
///
/// @param webhook null where nobody is to be told of the end
record BulkUploadRequest(
    SourceUrl source,
    boolean automaticCaptioning,
    boolean contentModeration,
    Deduplication deduplicate,
    @Nullable WantedWebhook webhook) {

  /// Who is to be told of the end.
  ///
  /// @param reportUrl where the report is, by the address that the request came to
  record WantedWebhook(SourceUrl receiver, String reportUrl) {}

  /// The body as it came. A null field reads as an absent one.
  record Given(
      @Nullable String zipUrl,
      @Nullable Boolean automaticCaptioning,
      @Nullable Boolean contentModeration,
      @Nullable Boolean increaseResolution,
      @Nullable Deduplication deduplicate,
      @Nullable String webhookUrl) {

    BulkUploadRequest checked(URI reportUrl) {
      if (zipUrl == null || zipUrl.isBlank()) throw new FailureException(new SourceMissing());
      if (Boolean.TRUE.equals(increaseResolution)) {
        throw new FailureException(new UpscalingRefused());
      }
      return new BulkUploadRequest(
          SourceUrl.parse(zipUrl),
          Boolean.TRUE.equals(automaticCaptioning),
          Boolean.TRUE.equals(contentModeration),
          deduplicate == null ? Deduplication.NONE : deduplicate,
          webhookUrl == null
              ? null
              : new WantedWebhook(Receivers.parse(webhookUrl), reportUrl.toString()));
    }
  }
}
