package dev.darkroom.preflight;

import dev.darkroom.api.Caller;
import dev.darkroom.api.RequestId;
import dev.darkroom.bulkupload.BulkUploadRequest;
import dev.darkroom.bulkupload.RequestCheck;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.failure.FailureException;
import dev.darkroom.job.Jobs;
import dev.darkroom.job.StepQueue;
import dev.darkroom.preflight.PreflightFailure.AlreadyRunning;
import dev.darkroom.preflight.PreflightFailure.TooManyRunning;
import dev.darkroom.preflight.Preflights.NewPreflight;
import dev.darkroom.project.TrainingVersion.Family;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Begins preflights, one at a time for each dataset. What an upload would be refused for at once
/// is said at once, but for what the dataset has had or holds: that says nothing of the ZIP.
@Component
final class PreflightIntake {

  /// An organization that wants to know more at once would only wait longer for each.
  static final int MAX_RUNNING = 4;

  private final Datasets datasets;
  private final RequestCheck check;
  private final Jobs jobs;
  private final StepQueue steps;
  private final Preflights preflights;
  private final TransactionTemplate transaction;

  PreflightIntake(
      Datasets datasets,
      RequestCheck check,
      Jobs jobs,
      StepQueue steps,
      Preflights preflights,
      TransactionTemplate transaction) {
    this.datasets = datasets;
    this.check = check;
    this.jobs = jobs;
    this.steps = steps;
    this.preflights = preflights;
    this.transaction = transaction;
  }

  void begin(Caller caller, RequestId requestId, long datasetId, BulkUploadRequest request) {
    Dataset dataset = datasets.get(caller, datasetId);
    String shown = check.requireKnown(caller, request);
    caller.requireWrite();
    check.requireAdvanced(dataset);
    requireIdle(datasetId);
    check.requirePossible(caller, request);
    transaction.executeWithoutResult(_ -> enqueue(caller, requestId, datasetId, request, shown));
  }

  /// Takes the place of the dataset's latest preflight, under the dataset's lock.
  private void enqueue(
      Caller caller, RequestId requestId, long datasetId, BulkUploadRequest request, String shown) {
    Dataset dataset = datasets.lock(caller, datasetId);
    requireIdle(datasetId);
    int running = preflights.countRunning(caller.organizationId());
    if (running >= MAX_RUNNING) {
      throw new FailureException(new TooManyRunning(running, MAX_RUNNING));
    }
    preflights.forget(datasetId);
    long jobId = jobs.begin(datasetId);
    preflights.begin(
        jobId,
        new NewPreflight(
            datasetId,
            caller.organizationId(),
            requestId.value(),
            dataset.family() == Family.LEGACY,
            request.automaticCaptioning(),
            request.source(),
            shown));
    steps.add(jobId, PreflightPlanTask.NAME, 1);
    steps.schedule(jobId, PreflightPlanTask.NAME, 0);
  }

  private void requireIdle(long datasetId) {
    if (preflights.runs(datasetId)) throw new FailureException(new AlreadyRunning(datasetId));
  }
}
