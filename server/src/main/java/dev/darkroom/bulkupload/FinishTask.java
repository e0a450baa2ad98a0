package dev.darkroom.bulkupload;

import org.springframework.stereotype.Component;

/// Ends an upload whose images are all settled: one transaction publishes them.
@Component
final class FinishTask implements Step {

  private final UploadEnding ending;

  FinishTask(UploadEnding ending) {
    this.ending = ending;
  }

  @Override
  public StepTask task() {
    return StepTask.FINISH;
  }

  @Override
  public Outcome work(BulkUpload upload, Attempt attempt) {
    return () -> ending.complete(upload.id());
  }
}
