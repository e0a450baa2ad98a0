package dev.darkroom.bulkupload;

import dev.darkroom.job.StepQueue;
import org.springframework.stereotype.Component;

/// Moves an upload's window over its chunks, in the transaction that settles one: the next chunk,
/// or after the last one the publishing, is handed to the scheduler.
@Component
final class ChunkWindow {

  private final StepQueue steps;

  ChunkWindow(StepQueue steps) {
    this.steps = steps;
  }

  /// @param lastTask the task that ends a chunk
  void next(long uploadId, String lastTask) {
    steps.scheduleNext(uploadId, IngestTask.NAME, 1);
    if (steps.allSettled(uploadId, lastTask)) steps.scheduleNext(uploadId, PublishTask.NAME, 1);
  }
}
