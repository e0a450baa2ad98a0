package dev.darkroom.bulkupload;

import dev.darkroom.captioning.CaptionJob;
import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.failure.Failure;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.StepQueue;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The bulk upload as a job, and the two ways in which it ends, each in the caller's transaction
/// and under the job's lock: all of its images become visible at once, or none stays. Either makes
/// room for the next upload of the organization.
@Component
final class UploadJob implements JobKind<BulkUpload> {

  private static final Logger log = LoggerFactory.getLogger(UploadJob.class);

  private final StepQueue steps;
  private final BulkUploads uploads;
  private final DatasetImages images;
  private final Entries entries;
  private final CaptionJob captions;
  private final Admission admission;
  private final UploadEnd end;

  UploadJob(
      StepQueue steps,
      BulkUploads uploads,
      DatasetImages images,
      Entries entries,
      CaptionJob captions,
      Admission admission,
      UploadEnd end) {
    this.steps = steps;
    this.uploads = uploads;
    this.images = images;
    this.entries = entries;
    this.captions = captions;
    this.admission = admission;
    this.end = end;
  }

  @Override
  public Optional<BulkUpload> findRunning(long uploadId) {
    return uploads.findRunning(uploadId);
  }

  /// The images are the dataset's from now on. Where captions are to be generated, the job goes on
  /// with them, and nothing that becomes of them fails the upload; else it is completed.
  void publish(BulkUpload upload) {
    long organization = admission.lockOrganizationOf(upload.id());
    images.publish(upload.id());
    int generated =
        upload.generatesCaptions() ? captions.beginMissing(upload.id(), upload.datasetId()) : 0;
    uploads.published(upload.id(), generated);
    if (generated == 0) end.complete(upload.id());
    admission.admit(organization);
  }

  /// Runs that are under way write nothing of it any more; what waits for one leaves the scheduler.
  @Override
  public void fail(long uploadId, Failure failure) {
    log.warn("upload {} failed: {}: {}", uploadId, failure.type(), failure.message());
    long organization = admission.lockOrganizationOf(uploadId);
    steps.withdraw(uploadId);
    captions.cancel(uploadId);
    end.fail(uploadId, failure);
    images.removeOf(uploadId);
    entries.forgetThumbnails(uploadId);
    admission.admit(organization);
  }
}
