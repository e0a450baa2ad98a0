package dev.darkroom.bulkupload;

import java.util.Locale;

/// The tasks that an upload's work is cut into, in their order.
enum StepTask {
  /// Reads the archive's directory and cuts its images into chunks.
  PLAN,
  /// Reads, checks and stores one chunk of images.
  INGEST,
  /// Publishes the images and ends the upload.
  FINISH;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
