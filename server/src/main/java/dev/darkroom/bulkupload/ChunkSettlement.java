package dev.darkroom.bulkupload;

import dev.darkroom.bulkupload.ChunkReader.IngestedImage;
import dev.darkroom.bulkupload.ImageOutcome.Failed;
import dev.darkroom.bulkupload.ImageOutcome.Passed;
import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.dataset.NewImage;
import dev.darkroom.failure.Failure;
import dev.darkroom.job.StepQueue;
import dev.darkroom.storage.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// Writes what became of a chunk's images, in the transaction that settles the chunk: rows and
/// counters move together, and the next chunk, or after the last one the end, is handed to the
/// scheduler.
@Component
final class ChunkSettlement {

  private final DatasetImages datasetImages;
  private final BulkUploads uploads;
  private final Entries entries;
  private final StepQueue steps;

  ChunkSettlement(
      DatasetImages datasetImages, BulkUploads uploads, Entries entries, StepQueue steps) {
    this.datasetImages = datasetImages;
    this.uploads = uploads;
    this.entries = entries;
    this.steps = steps;
  }

  /// @param objectIds the ids of the stored objects by their keys
  void commit(BulkUpload upload, List<IngestedImage> images, Map<ObjectKey, Long> objectIds) {
    List<NewImage> passed = new ArrayList<>();
    Map<Integer, Failure> failures = new HashMap<>();
    for (IngestedImage ingested : images) {
      int ordinal = ingested.image().ordinal();
      switch (ingested.outcome()) {
        case Failed(Failure failure) -> failures.put(ordinal, failure);
        case Passed(var facts) -> {
          long objectId = Objects.requireNonNull(objectIds.get(upload.imageKey(ordinal)));
          passed.add(newImage(upload, ingested, objectId, facts));
        }
      }
    }
    datasetImages.addUnpublished(passed);
    entries.done(upload.id(), passed.stream().map(NewImage::ordinal).toList());
    entries.failed(upload.id(), failures);
    uploads.count(upload.id(), passed.size(), failures.size());
    scheduleNext(upload.id());
  }

  private void scheduleNext(long uploadId) {
    steps.scheduleNext(uploadId, IngestTask.NAME, 1);
    if (steps.allSettled(uploadId, IngestTask.NAME)) {
      steps.scheduleNext(uploadId, PublishTask.NAME, 1);
    }
  }

  private static NewImage newImage(
      BulkUpload upload, IngestedImage ingested, long objectId, NewImage.Facts facts) {
    return new NewImage(
        upload.datasetId(),
        upload.id(),
        ingested.image().ordinal(),
        objectId,
        ingested.image().entry().name(),
        ingested.caption(),
        facts);
  }
}
