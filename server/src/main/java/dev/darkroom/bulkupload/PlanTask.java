package dev.darkroom.bulkupload;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.archive.CentralDirectory;
import dev.darkroom.archive.RangeSource;
import dev.darkroom.job.Attempt;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Step;
import dev.darkroom.job.StepQueue;
import dev.darkroom.sidecar.MetadataReader;
import java.util.List;
import org.springframework.stereotype.Component;

/// Reads the archive's central directory and plans what becomes of every entry.
@Component
final class PlanTask implements Step<BulkUpload> {

  static final String NAME = "plan";

  private final UploadJob job;
  private final Sources sources;
  private final ArchiveLimits limits;
  private final MetadataReader metadata;
  private final BulkUploads uploads;
  private final Entries entries;
  private final StepQueue steps;
  private final ChunkWindow window;

  PlanTask(
      UploadJob job,
      Sources sources,
      ArchiveLimits limits,
      MetadataReader metadata,
      BulkUploads uploads,
      Entries entries,
      StepQueue steps,
      ChunkWindow window) {
    this.job = job;
    this.sources = sources;
    this.limits = limits;
    this.metadata = metadata;
    this.uploads = uploads;
    this.entries = entries;
    this.steps = steps;
    this.window = window;
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
    uploads.start(upload.id());
    var source = sources.pin(upload);
    var directory = CentralDirectory.read(source.archive(), limits);
    directory.requireImages(limits);
    var plan = plan(upload, source.archive(), directory.entries());
    return () -> commit(upload, source, plan);
  }

  private Plan plan(BulkUpload upload, RangeSource archive, List<ArchiveEntry> entries) {
    return upload.legacy()
        ? Plan.legacy(entries, metadata.read(archive, entries), upload.automaticCaptioning())
        : Plan.fibo(entries);
  }

  private void commit(BulkUpload upload, Sources.Pinned source, Plan plan) {
    entries.add(upload.id(), plan);
    uploads.planned(upload.id(), plan, source.version(), source.spooled());
    steps.add(upload.id(), IngestTask.NAME, plan.chunks());
    if (upload.contentModeration()) steps.add(upload.id(), ModerateTask.NAME, plan.chunks());
    steps.add(upload.id(), PublishTask.NAME, 1);
    window.move(upload);
  }
}
