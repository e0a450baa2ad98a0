package dev.darkroom.bulkupload;

import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.failure.Failure;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Jobs;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The bulk upload as a job, and the two ways in which it ends, each in the caller's transaction
/// and under the job's lock: all of its images become visible at once, or none stays.
@Component
final class UploadJob implements JobKind<BulkUpload> {

  private static final Logger log = LoggerFactory.getLogger(UploadJob.class);

  private final Jobs jobs;
  private final BulkUploads uploads;
  private final DatasetImages images;

  UploadJob(Jobs jobs, BulkUploads uploads, DatasetImages images) {
    this.jobs = jobs;
    this.uploads = uploads;
    this.images = images;
  }

  @Override
  public Optional<BulkUpload> findRunning(long uploadId) {
    return uploads.findRunning(uploadId);
  }

  void complete(long uploadId) {
    images.publish(uploadId);
    uploads.complete(uploadId);
    jobs.end(uploadId);
  }

  @Override
  public void fail(long uploadId, Failure failure) {
    log.warn("upload {} failed: {}: {}", uploadId, failure.type(), failure.message());
    images.removeOf(uploadId);
    uploads.fail(uploadId, failure);
    jobs.end(uploadId);
  }
}
