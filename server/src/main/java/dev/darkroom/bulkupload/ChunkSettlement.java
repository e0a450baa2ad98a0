package dev.darkroom.bulkupload;

import dev.darkroom.bulkupload.BulkUploadFailure.OverQuota;
import dev.darkroom.bulkupload.Copies.Staying;
import dev.darkroom.bulkupload.Entries.FailedEntry;
import dev.darkroom.bulkupload.ImageOutcome.Failed;
import dev.darkroom.bulkupload.ImageOutcome.Passed;
import dev.darkroom.bulkupload.ReadChunk.IngestedImage;
import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.dataset.NewImage;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.job.StepQueue;
import dev.darkroom.quota.Quotas;
import dev.darkroom.storage.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// Writes what became of a chunk's images, in the transaction that settles the chunk or a part of
/// it: rows and counters move together. With the chunk, the upload's windows move on.
@Component
final class ChunkSettlement {

  private final Copies copies;
  private final DatasetImages datasetImages;
  private final BulkUploads uploads;
  private final Entries entries;
  private final StepQueue steps;
  private final ChunkWindow window;
  private final Quotas quotas;

  ChunkSettlement(
      Copies copies,
      DatasetImages datasetImages,
      BulkUploads uploads,
      Entries entries,
      StepQueue steps,
      ChunkWindow window,
      Quotas quotas) {
    this.copies = copies;
    this.datasetImages = datasetImages;
    this.uploads = uploads;
    this.entries = entries;
    this.steps = steps;
    this.window = window;
    this.quotas = quotas;
  }

  /// Settles a chunk with the last of its images.
  ///
  /// @param objectIds the ids of the stored objects by their keys
  void commit(BulkUpload upload, List<IngestedImage> images, Map<ObjectKey, Long> objectIds) {
    commitPart(upload, images, objectIds);
    if (upload.contentModeration() && steps.allSettled(upload.id(), IngestTask.NAME)) {
      uploads.moderating(upload.id());
    }
    window.move(upload);
  }

  /// Settles images of a chunk of which others are still to be read.
  void commitPart(BulkUpload upload, List<IngestedImage> images, Map<ObjectKey, Long> objectIds) {
    List<NewImage> passed = new ArrayList<>();
    List<FailedEntry> failed = new ArrayList<>();
    for (IngestedImage ingested : images) {
      int ordinal = ingested.image().ordinal();
      long objectId = Objects.requireNonNull(objectIds.get(upload.imageKey(ordinal)));
      switch (ingested.outcome()) {
        case Failed(Failure failure, boolean hasThumbnail) -> {
          boolean shown = hasThumbnail && upload.showsFailedImages();
          failed.add(new FailedEntry(ordinal, failure, shown ? objectId : null));
        }
        case Passed(var facts) -> passed.add(newImage(upload, ingested, objectId, facts));
      }
    }
    Staying staying =
        switch (upload.deduplicate()) {
          case NONE -> Staying.all(passed);
          case EXACT -> copies.leaveOut(upload, passed);
        };
    requireRoom(upload, staying.images());
    datasetImages.addUnpublished(staying.images());
    entries.failed(upload.id(), failed);
    if (upload.contentModeration()) {
      entries.ingested(upload.id(), staying.unjudged());
      settle(upload.id(), staying.judged(), failed.size());
    } else {
      settle(upload.id(), staying.ordinals(), failed.size());
    }
  }

  /// Fails the upload as a whole where its organization has no room for these images of it.
  private void requireRoom(BulkUpload upload, List<NewImage> images) {
    long bytes = images.stream().mapToLong(image -> image.facts().sizeBytes()).sum();
    quotas
        .findOverrun(upload.organizationId(), bytes)
        .ifPresent(over -> {
          throw new FailureException(new OverQuota(over.limit(), over.actual()));
        });
  }

  private void settle(long uploadId, List<Integer> done, int failed) {
    entries.done(uploadId, done);
    uploads.count(uploadId, done.size(), failed);
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
