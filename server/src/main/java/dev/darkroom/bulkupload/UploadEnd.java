package dev.darkroom.bulkupload;

import dev.darkroom.failure.Failure;
import dev.darkroom.job.Jobs;
import dev.darkroom.stagedupload.StagedUploads;
import dev.darkroom.webhook.Webhooks;
import dev.darkroom.webhook.Webhooks.Awaited;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The end of an upload, whatever it is, in the caller's transaction and under the job's lock: its
/// final state, and with it the message that tells the webhook of it.
@Component
final class UploadEnd {

  private final BulkUploads uploads;
  private final Jobs jobs;
  private final StagedUploads staged;
  private final Webhooks webhooks;
  private final BulkUploadStatuses statuses;
  private final JsonMapper json;

  UploadEnd(
      BulkUploads uploads,
      Jobs jobs,
      StagedUploads staged,
      Webhooks webhooks,
      BulkUploadStatuses statuses,
      JsonMapper json) {
    this.uploads = uploads;
    this.jobs = jobs;
    this.staged = staged;
    this.webhooks = webhooks;
    this.statuses = statuses;
    this.json = json;
  }

  /// Ends a job, and completes the upload where it is one that is not final.
  void complete(long jobId) {
    uploads.complete(jobId);
    end(jobId);
  }

  void fail(long uploadId, Failure failure) {
    uploads.fail(uploadId, failure);
    end(uploadId);
  }

  private void end(long jobId) {
    jobs.end(jobId);
    staged.spend(jobId);
    webhooks
        .findAwaited(jobId)
        .ifPresent(webhook -> webhooks.send(webhook, message(jobId, webhook)));
  }

  private String message(long uploadId, Awaited webhook) {
    var status = statuses.find(uploadId, UploadMessage.MOST_LISTED).orElseThrow();
    return json.writeValueAsString(
        UploadMessage.of(webhook.datasetId(), status, webhook.reportUrl()));
  }
}
