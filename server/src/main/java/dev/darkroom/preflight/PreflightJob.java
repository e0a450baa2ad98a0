package dev.darkroom.preflight;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.ArchiveFailure.CopyMissing;
import dev.darkroom.archive.SourceVersion;
import dev.darkroom.bulkupload.ArchiveSource.Staged;
import dev.darkroom.failure.Failure;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Jobs;
import dev.darkroom.job.StepQueue;
import dev.darkroom.planning.Plan;
import dev.darkroom.planning.Plan.IgnoredEntry;
import dev.darkroom.preflight.ChunkForecast.ForecastImage;
import dev.darkroom.preflight.Forecast.Fails;
import dev.darkroom.preflight.Forecast.Passes;
import dev.darkroom.stagedupload.StagedUploadFailure.Gone;
import dev.darkroom.stagedupload.StagedUploads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The preflight as a job: how it gets on, and how it ends, each in the caller's transaction and
/// under the job's lock.
@Component
final class PreflightJob implements JobKind<Preflight> {

  /// Half of an upload's, so that it takes its turns behind those of uploads.
  private static final int WINDOW = 2;

  private static final Logger log = LoggerFactory.getLogger(PreflightJob.class);

  private final Jobs jobs;
  private final StepQueue steps;
  private final Preflights preflights;
  private final PreflightEntries entries;
  private final StagedUploads staged;

  PreflightJob(
      Jobs jobs,
      StepQueue steps,
      Preflights preflights,
      PreflightEntries entries,
      StagedUploads staged) {
    this.jobs = jobs;
    this.steps = steps;
    this.preflights = preflights;
    this.entries = entries;
    this.staged = staged;
  }

  @Override
  public Optional<Preflight> findRunning(long id) {
    return preflights.findRunning(id);
  }

  /// Notes what becomes of each entry by the plan, and has the images looked at.
  void planned(long id, Plan plan, SourceVersion version) {
    preflights.planned(id, plan, version);
    entries.addIgnored(id, plan.of(IgnoredEntry.class));
    count(id, failedByPlan(plan));
    entries.addChunks(id, plan);
    steps.add(id, CheckTask.NAME, plan.chunks());
    next(id);
  }

  /// Notes what became of every entry of an archive that was streamed, and ends the preflight.
  void looked(long id, Plan plan, List<ForecastImage> images) {
    preflights.planned(id, plan, null);
    entries.addIgnored(id, plan.of(IgnoredEntry.class));
    count(id, images);
    complete(id);
  }

  /// Settles a chunk.
  void checked(long id, int chunk, List<ForecastImage> images) {
    count(id, images);
    entries.removeChunk(id, chunk);
    next(id);
  }

  /// The images that fail before they are looked at.
  static List<ForecastImage> failedByPlan(Plan plan) {
    return plan.of(Plan.FailedImage.class).stream()
        .map(failed -> new ForecastImage(failed.entry(), new Fails(failed.failure())))
        .toList();
  }

  private void count(long id, List<ForecastImage> images) {
    Map<ArchiveEntry, Failure> failures = new LinkedHashMap<>();
    int passed = 0;
    for (ForecastImage image : images) {
      if (image.forecast() instanceof Fails(var failure)) failures.put(image.entry(), failure);
      else if (image.forecast() instanceof Passes) passed++;
    }
    entries.addFailed(id, failures);
    preflights.count(id, passed, failures.size(), images.size() - passed - failures.size());
  }

  private void next(long id) {
    steps.fill(id, CheckTask.NAME, WINDOW);
    if (steps.allSettled(id, CheckTask.NAME)) complete(id);
  }

  private void complete(long id) {
    preflights.complete(id);
    jobs.end(id);
  }

  @Override
  public void fail(long id, Failure failure) {
    end(id, reason(id, failure));
  }

  /// An upload that was given up is not held for a preflight: its pieces may go while they are
  /// read, and then are missing in the store.
  private Failure reason(long id, Failure failure) {
    if (!(failure instanceof CopyMissing)) return failure;
    var source = preflights.findRunning(id).map(Preflight::source);
    return source.isPresent()
            && source.get() instanceof Staged(var uploadId)
            && staged.isGone(uploadId)
        ? new Gone(uploadId)
        : failure;
  }

  private void end(long id, Failure failure) {
    log.info("preflight {} failed: {}: {}", id, failure.type(), failure.message());
    steps.withdraw(id);
    entries.removeChunks(id);
    preflights.fail(id, failure);
    jobs.end(id);
  }
}
