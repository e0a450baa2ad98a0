package dev.darkroom.console;

import dev.darkroom.bulkupload.BulkUploadState;
import dev.darkroom.bulkupload.UploadHeadline;
import dev.darkroom.dataset.CaptionsUpdateStatus;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.DatasetStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a dataset is on its way, in one word for the badge beside its name.
///
/// @param style the badge's, in the style sheet
record DatasetState(String text, String style) {

  static DatasetState of(Dataset dataset, @Nullable UploadHeadline upload) {
    if (dataset.status() == DatasetStatus.COMPLETED) return new DatasetState("Completed", "good");
    if (upload != null && upload.isRunning()) return running(upload);
    if (upload != null && upload.state() == BulkUploadState.FAILED) {
      return new DatasetState("Upload failed", "bad");
    }
    if (dataset.captionsUpdateStatus() == CaptionsUpdateStatus.IN_PROGRESS) {
      return new DatasetState("Captioning", "busy");
    }
    if (dataset.imagesCount() == 0) return new DatasetState("Empty", "quiet");
    return new DatasetState("Draft", "quiet");
  }

  private static DatasetState running(UploadHeadline upload) {
    return new DatasetState(
        switch (upload.phase()) {
          case WAITING -> "Waiting";
          case READING, FINISHED -> "Reading";
          case INGESTING, MODERATING -> processed(upload);
          case CAPTIONING -> "Captioning";
        },
        "busy");
  }

  private static String processed(UploadHeadline upload) {
    return String.format(
        Locale.ENGLISH, "Uploading %,d of %,d", upload.processed(), upload.total());
  }
}
