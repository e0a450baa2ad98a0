package dev.darkroom.bulkupload;

import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.failure.Failure;
import dev.darkroom.job.Jobs;
import dev.darkroom.moderation.Verdict;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.StoredObjects;
import java.util.ArrayList;
import java.util.List;
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
  private final Copies copies;
  private final StoredObjects objects;
  private final CleanUpTask cleanUp;
  private final TransactionTemplate transaction;

  VerdictSettlement(
      Jobs jobs,
      BulkUploads uploads,
      Entries entries,
      DatasetImages images,
      Copies copies,
      StoredObjects objects,
      CleanUpTask cleanUp,
      TransactionTemplate transaction) {
    this.jobs = jobs;
    this.uploads = uploads;
    this.entries = entries;
    this.images = images;
    this.copies = copies;
    this.objects = objects;
    this.cleanUp = cleanUp;
    this.transaction = transaction;
  }

  /// Whether it was written: the upload still runs, and the image had no verdict yet.
  boolean commit(BulkUpload upload, int ordinal, Verdict verdict) {
    var failure = failure(verdict);
    List<ObjectKey> doomed = new ArrayList<>();
    boolean written =
        Boolean.TRUE.equals(transaction.execute(_ -> write(upload, ordinal, failure, doomed)));
    // Should this node die before, the clean-up finds the keys doomed.
    if (written) doomed.forEach(cleanUp::deleteAtOnce);
    return written;
  }

  private static @Nullable Failure failure(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed _ -> null;
      case Verdict.Rejected rejected -> rejected.failure();
      case Verdict.Undecided(var failure) -> failure;
    };
  }

  private boolean write(
      BulkUpload upload, int asked, @Nullable Failure failure, List<ObjectKey> doomed) {
    if (!jobs.lockRunning(upload.id())) return false;
    boolean hasCopies = upload.deduplicate() == Deduplication.EXACT;
    int ordinal = hasCopies ? copies.originalOf(upload.id(), asked) : asked;
    if (!entries.judged(upload.id(), ordinal, failure)) return false;
    if (failure == null) {
      uploads.count(upload.id(), 1, 0);
    } else {
      uploads.count(upload.id(), 0, 1);
      var _ = images.removeUnpublished(upload.id(), ordinal);
      objects.doom(upload.imageKey(ordinal));
      doomed.add(upload.imageKey(ordinal));
      if (hasCopies) doomed.addAll(copies.fail(upload, ordinal));
    }
    jobs.progressed(upload.id());
    return true;
  }
}
