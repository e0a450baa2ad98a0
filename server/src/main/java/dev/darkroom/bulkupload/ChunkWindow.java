package dev.darkroom.bulkupload;

import dev.darkroom.job.StepQueue;
import org.springframework.stereotype.Component;

/// Moves an upload's windows over its chunks, in the transaction that plans them or settles one,
/// and hands the publishing to the scheduler after the last one.
///
/// The reading and the moderation have a window each. Reading never waits for moderation: a
/// moderator may be out for hours, and the source's URL signed for one. What is read waits in the
/// store, and its moderation is with the scheduler a few chunks at a time.
@Component
final class ChunkWindow {

  private final StepQueue steps;
  private final BulkUploadSettings settings;

  ChunkWindow(StepQueue steps, BulkUploadSettings settings) {
    this.steps = steps;
    this.settings = settings;
  }

  void move(BulkUpload upload) {
    steps.fill(upload.id(), IngestTask.NAME, settings.chunkWindow());
    if (upload.contentModeration()) {
      steps.fillBehind(
          IngestTask.NAME, upload.id(), ModerateTask.NAME, settings.moderationWindow());
    }
    String last = upload.contentModeration() ? ModerateTask.NAME : IngestTask.NAME;
    if (steps.allSettled(upload.id(), last)) steps.schedule(upload.id(), PublishTask.NAME, 0);
  }
}
