package dev.darkroom.bulkupload;

import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.failure.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The two ways in which an upload ends, each in the caller's transaction and under the upload's
/// row lock: all of its images become visible at once, or none stays.
@Component
final class UploadEnding {

  private static final Logger log = LoggerFactory.getLogger(UploadEnding.class);

  private final BulkUploads uploads;
  private final DatasetImages images;

  UploadEnding(BulkUploads uploads, DatasetImages images) {
    this.uploads = uploads;
    this.images = images;
  }

  void complete(long uploadId) {
    images.publish(uploadId);
    uploads.complete(uploadId);
  }

  void fail(long uploadId, Failure failure) {
    log.warn("upload {} failed: {}: {}", uploadId, failure.type(), failure.message());
    images.removeOf(uploadId);
    uploads.fail(uploadId, failure);
  }
}
