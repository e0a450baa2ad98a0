package dev.darkroom.bulkupload;

import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.archive.ArchiveRuns;
import dev.darkroom.job.Attempt;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Step;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.StoredObjects;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Reads, checks and stores one chunk of images.
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
  public Outcome work(BulkUpload upload, Attempt attempt) throws IOException, InterruptedException {
    int chunk = attempt.step().number();
    List<PlannedImage> images = entries.ofChunk(upload.id(), chunk);
    List<ObjectKey> keys = images.stream().map(image -> upload.imageKey(image.ordinal())).toList();
    Map<ObjectKey, Long> objectIds = objects.announce(upload.id(), keys);
    var runs = new ArchiveRuns(sources.open(upload), limits);
    try {
      var ingested = reader.read(upload, images, runs, attempt);
      return () -> settlement.commit(upload, chunk, ingested, objectIds);
    } finally {
      // The clean-up may have forgotten them, where this run was given up and then went on.
      var _ = objects.announce(upload.id(), keys);
    }
  }
}
