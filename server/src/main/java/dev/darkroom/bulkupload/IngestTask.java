package dev.darkroom.bulkupload;

import dev.darkroom.archive.ArchiveFailure;
import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.archive.ArchiveRuns;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.job.Attempt;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Step;
import dev.darkroom.job.StoppedEarly;
import dev.darkroom.planning.PlannedImage;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.StoredObjects;
import java.util.List;
import org.springframework.stereotype.Component;

/// Reads, checks and stores one chunk of images. A run that is stopped settles those that have
/// passed, or failed, by then, and the next one reads the others only.
@Component
final class IngestTask implements Step<BulkUpload> {

  static final String NAME = "ingest";

  private final UploadJob job;
  private final Sources sources;
  private final ArchiveLimits limits;
  private final Entries entries;
  private final StoredObjects objects;
  private final ChunkReader reader;
  private final ChunkSettlement settlement;

  IngestTask(
      UploadJob job,
      Sources sources,
      ArchiveLimits limits,
      Entries entries,
      StoredObjects objects,
      ChunkReader reader,
      ChunkSettlement settlement) {
    this.job = job;
    this.sources = sources;
    this.limits = limits;
    this.entries = entries;
    this.objects = objects;
    this.reader = reader;
    this.settlement = settlement;
  }

  @Override
  public String task() {
    return NAME;
  }

  @Override
  public JobKind<BulkUpload> kind() {
    return job;
  }

  @Override
  public Outcome work(BulkUpload upload, Attempt attempt) {
    int chunk = attempt.step().number();
    List<PlannedImage> images = entries.toRead(upload.id(), chunk);
    List<ObjectKey> keys = images.stream().map(image -> upload.imageKey(image.ordinal())).toList();
    var runs = new ArchiveRuns(sources.open(upload), limits);
    try (var putting = objects.announce(upload.id(), keys)) {
      var read = reader.read(upload, images, runs, attempt);
      var complete = read.complete();
      if (complete.size() < images.size()) {
        Outcome part = () -> settlement.commitPart(upload, complete, putting.ids());
        throw new StoppedEarly(
            told(upload, read.fault(), complete.size()), complete.isEmpty() ? null : part);
      }
      return () -> settlement.commit(upload, complete, putting.ids());
    }
  }

  /// The fault, which tells how far the reading had come where it ends the upload.
  ///
  /// @param justRead how many images are read, and nobody has counted yet
  private Exception told(BulkUpload upload, Exception fault, int justRead) {
    if (fault instanceof FailureException ended
        && ended.failure() instanceof ArchiveFailure failure
        && failure.retry() == Retry.NEVER) {
      var before = entries.countRead(upload.id());
      return new FailureException(failure.after(before.images() + justRead, before.total()), ended);
    }
    return fault;
  }
}
