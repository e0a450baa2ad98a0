package dev.darkroom.console;

import dev.darkroom.bulkupload.UploadHeadline;
import dev.darkroom.dataset.Dataset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A dataset as lists show it.
///
/// @param upload null where it never had one
/// @param covers links to its first thumbnails
record DatasetCard(Dataset dataset, @Nullable UploadHeadline upload, List<String> covers) {

  DatasetCard {
    covers = List.copyOf(covers);
  }

  public boolean isRunning() {
    return upload != null && upload.isRunning();
  }

  public DatasetState state() {
    return DatasetState.of(dataset, upload);
  }
}
