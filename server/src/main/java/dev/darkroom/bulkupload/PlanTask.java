package dev.darkroom.bulkupload;

import dev.darkroom.archive.RangeSource;
import dev.darkroom.job.Attempt;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Step;
import dev.darkroom.job.StepQueue;
import dev.darkroom.planning.Plan;
import dev.darkroom.planning.Planner;
import org.springframework.stereotype.Component;

/// Reads the archive's central directory and plans what becomes of every entry.
@Component
final class PlanTask implements Step<BulkUpload> {

  static final String NAME = "plan";

  private final UploadJob job;
  private final Sources sources;
  private final Planner planner;
  private final BulkUploads uploads;
  private final Entries entries;
  private final StepQueue steps;
  private final ChunkWindow window;

  PlanTask(
      UploadJob job,
      Sources sources,
      Planner planner,
      BulkUploads uploads,
      Entries entries,
      StepQueue steps,
      ChunkWindow window) {
    this.job = job;
    this.sources = sources;
    this.planner = planner;
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
    var plan = plan(upload, source.archive());
    return () -> commit(upload, source, plan);
  }

  private Plan plan(BulkUpload upload, RangeSource archive) {
    return upload.legacy()
        ? planner.legacy(archive, upload.automaticCaptioning())
        : planner.fibo(archive);
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
