package dev.darkroom.bulkupload;

import dev.darkroom.bulkupload.BulkUploads.Counted;
import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.failure.Failure;
import dev.darkroom.job.Jobs;
import dev.darkroom.moderation.Verdict;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.StoredObjects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Writes one verdict, once: the image is done, or it is failed and its bytes and thumbnail go.
@Component
final class VerdictSettlement {

  private final Jobs jobs;
  private final BulkUploads uploads;
  private final Entries entries;
  private final DatasetImages images;
  private final StoredObjects objects;
  private final CleanUpTask cleanUp;
  private final TransactionTemplate transaction;

  VerdictSettlement(
      Jobs jobs,
      BulkUploads uploads,
      Entries entries,
      DatasetImages images,
      StoredObjects objects,
      CleanUpTask cleanUp,
      TransactionTemplate transaction) {
    this.jobs = jobs;
    this.uploads = uploads;
    this.entries = entries;
    this.images = images;
    this.objects = objects;
    this.cleanUp = cleanUp;
    this.transaction = transaction;
  }

  /// Whether it was written: the upload still runs, and the image had no verdict yet.
  boolean commit(BulkUpload upload, int ordinal, Verdict verdict) {
    var failure = failure(verdict);
    boolean written =
        Boolean.TRUE.equals(transaction.execute(_ -> write(upload, ordinal, failure)));
    // Should this node die before, the clean-up finds the key doomed.
    if (written && failure != null) cleanUp.finish(upload.imageKey(ordinal));
    return written;
  }

  private static @Nullable Failure failure(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed _ -> null;
      case Verdict.Rejected rejected -> rejected.failure();
      case Verdict.Undecided(var failure) -> failure;
    };
  }

  private boolean write(BulkUpload upload, int ordinal, @Nullable Failure failure) {
    if (!jobs.lockRunning(upload.id())) return false;
    if (!entries.judged(upload.id(), ordinal, failure)) return false;
    if (failure == null) {
      int provided = images.hasCaption(upload.id(), ordinal) ? 1 : 0;
      uploads.count(upload.id(), new Counted(1, provided, 0));
    } else {
      uploads.count(upload.id(), new Counted(0, 0, 1));
      remove(upload.id(), ordinal, upload.imageKey(ordinal));
    }
    jobs.progressed(upload.id());
    return true;
  }

  private void remove(long uploadId, int ordinal, ObjectKey key) {
    images.removeUnpublished(uploadId, ordinal);
    objects.doom(key);
  }
}
