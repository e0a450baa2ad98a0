package dev.darkroom.captioning;

import dev.darkroom.captioning.CaptionItems.State;
import dev.darkroom.dataset.CaptionsUpdateStatus;
import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.dataset.ImageCaption;
import dev.darkroom.failure.Failure;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Jobs;
import dev.darkroom.job.StepQueue;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The caption run of a job: its begin, and the ways in which it ends. All of them run in the
/// caller's transaction and, where the job goes on already, under its lock; the dataset's row is
/// locked before the run's items.
@Component
public final class CaptionJob implements JobKind<CaptionRun> {

  /// Pictures in a batch: as many as a node asks a remote captioner for at a time, so that a batch
  /// is some seconds of work.
  static final int BATCH_SIZE = 16;

  private static final Logger log = LoggerFactory.getLogger(CaptionJob.class);

  private final Jobs jobs;
  private final StepQueue steps;
  private final CaptionRuns runs;
  private final CaptionItems items;
  private final Datasets datasets;
  private final DatasetImages images;
  private final CaptioningSettings settings;
  private final List<CaptionRunListener> listeners;

  CaptionJob(
      Jobs jobs,
      StepQueue steps,
      CaptionRuns runs,
      CaptionItems items,
      Datasets datasets,
      DatasetImages images,
      CaptioningSettings settings,
      List<CaptionRunListener> listeners) {
    this.jobs = jobs;
    this.steps = steps;
    this.runs = runs;
    this.items = items;
    this.datasets = datasets;
    this.images = images;
    this.settings = settings;
    this.listeners = List.copyOf(listeners);
  }

  /// Begins to caption, as a part of the job, the dataset's visible images that have no caption,
  /// and tells how many they are. Where there are none, no run begins.
  public int beginMissing(long jobId, long datasetId) {
    return begin(jobId, datasetId, false);
  }

  /// Begins to caption all of the dataset's images anew; the same otherwise.
  int beginAll(long jobId, long datasetId) {
    return begin(jobId, datasetId, true);
  }

  /// Begins to caption one image of the dataset, as all of the job's work and whatever other runs
  /// go on there.
  public void beginOne(long jobId, long datasetId, long imageId) {
    var _ = begin(jobId, datasetId, () -> items.addOne(jobId, imageId));
  }

  private int begin(long jobId, long datasetId, boolean all) {
    return begin(jobId, datasetId, () -> items.add(jobId, datasetId, all, BATCH_SIZE));
  }

  private int begin(long jobId, long datasetId, IntSupplier addItems) {
    runs.begin(jobId, datasetId);
    int total = addItems.getAsInt();
    if (total == 0) {
      runs.remove(jobId);
      return 0;
    }
    runs.setTotal(jobId, total);
    datasets.setCaptionsUpdateStatus(datasetId, CaptionsUpdateStatus.IN_PROGRESS);
    steps.add(jobId, CaptionTask.NAME, items.countBatches(jobId));
    steps.fill(jobId, CaptionTask.NAME, settings.batchWindow());
    return total;
  }

  @Override
  public Optional<CaptionRun> findRunning(long jobId) {
    return runs.findRunning(jobId);
  }

  /// Moves the window over the batches, in the transaction that settles one.
  void next(CaptionRun run) {
    steps.fill(run.id(), CaptionTask.NAME, settings.batchWindow());
    if (steps.allSettled(run.id(), CaptionTask.NAME)) complete(run.id());
  }

  private void complete(long jobId) {
    lockDataset(jobId).ifPresent(datasetId -> end(jobId, datasetId));
  }

  /// Counts the captions that are left as failed, and completes the run: the images stay.
  @Override
  public void fail(long jobId, Failure failure) {
    lockDataset(jobId).ifPresent(datasetId -> giveUp(jobId, datasetId, failure));
  }

  private void giveUp(long jobId, long datasetId, Failure failure) {
    images.setCaption(items.openImages(jobId), ImageCaption.none());
    var left = items.settleAll(jobId, State.FAILED);
    log.warn(
        "caption run {} gave up with {} captions left: {}: {}",
        jobId,
        left.failed(),
        failure.type(),
        failure.message());
    runs.count(jobId, left);
    end(jobId, datasetId);
  }

  private void end(long jobId, long datasetId) {
    removeWork(jobId);
    runs.complete(jobId);
    settleStatus(datasetId);
    listeners.forEach(listener -> listener.ended(jobId));
    jobs.end(jobId);
  }

  /// Ends the job's run, where it has one, and writes none of the captions that are left. Whoever
  /// calls ends the job.
  public void cancel(long jobId) {
    lockDataset(jobId)
        .ifPresent(datasetId -> {
          removeWork(jobId);
          runs.cancel(jobId);
          settleStatus(datasetId);
        });
  }

  private void removeWork(long jobId) {
    items.remove(jobId);
    steps.remove(jobId, CaptionTask.NAME);
  }

  /// Locks and gives the dataset of the job's run; none where the run is over. Of two runs that end
  /// at the same instant the second sees the end of the first.
  private Optional<Long> lockDataset(long jobId) {
    var dataset = runs.findDatasetOfRunning(jobId);
    dataset.ifPresent(datasets::touch);
    return dataset;
  }

  /// Notes in the dataset that its last run has ended, where no other goes on.
  private void settleStatus(long datasetId) {
    if (runs.anyRunning(datasetId)) return;
    datasets.setCaptionsUpdateStatus(datasetId, CaptionsUpdateStatus.COMPLETED);
  }
}
