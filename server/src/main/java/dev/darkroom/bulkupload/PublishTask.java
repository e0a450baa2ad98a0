package dev.darkroom.bulkupload;

import dev.darkroom.job.Attempt;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Step;
import org.springframework.stereotype.Component;

/// Publishes the images of an upload when all are settled, in one transaction; captions come after
/// it.
@Component
final class PublishTask implements Step<BulkUpload> {

  static final String NAME = "publish";

  private final UploadJob job;

  PublishTask(UploadJob job) {
    this.job = job;
  }

  @Override
  public String task() {
    return NAME;
  }

  @Override
  public JobKind<BulkUpload> kind() {
    return job;
  }

  @Override
  public Outcome work(BulkUpload upload, Attempt attempt) {
    return () -> job.publish(upload);
  }
}
