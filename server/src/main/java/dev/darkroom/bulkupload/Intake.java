package dev.darkroom.bulkupload;

import dev.darkroom.api.Caller;
import dev.darkroom.api.RequestId;
import dev.darkroom.bulkupload.ArchiveSource.Staged;
import dev.darkroom.bulkupload.BulkUploadRequest.WantedWebhook;
import dev.darkroom.bulkupload.BulkUploads.NewBulkUpload;
import dev.darkroom.bulkupload.IntakeFailure.AlreadyAttempted;
import dev.darkroom.bulkupload.IntakeFailure.AlreadyRunning;
import dev.darkroom.bulkupload.IntakeFailure.DatasetCompleted;
import dev.darkroom.bulkupload.IntakeFailure.DatasetNotEmpty;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.DatasetStatus;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.job.Jobs;
import dev.darkroom.job.StepQueue;
import dev.darkroom.project.TrainingVersion.Family;
import dev.darkroom.quota.Quotas;
import dev.darkroom.stagedupload.StagedUploads;
import dev.darkroom.webhook.NewWebhook;
import dev.darkroom.webhook.Receivers;
import dev.darkroom.webhook.Webhooks;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Accepts a bulk upload, once for each dataset and each staged upload. What is wrong is said at
/// once, and a refused request uses up nothing; of requests at the same instant exactly one is
/// accepted.
@Component
final class Intake {

  private final Datasets datasets;
  private final Jobs jobs;
  private final BulkUploads uploads;
  private final StagedUploads staged;
  private final StepQueue steps;
  private final Admission admission;
  private final Quotas quotas;
  private final RequestCheck check;
  private final Receivers receivers;
  private final Webhooks webhooks;
  private final TransactionTemplate transaction;

  Intake(
      Datasets datasets,
      Jobs jobs,
      BulkUploads uploads,
      StagedUploads staged,
      StepQueue steps,
      Admission admission,
      Quotas quotas,
      RequestCheck check,
      Receivers receivers,
      Webhooks webhooks,
      TransactionTemplate transaction) {
    this.datasets = datasets;
    this.jobs = jobs;
    this.uploads = uploads;
    this.staged = staged;
    this.steps = steps;
    this.admission = admission;
    this.quotas = quotas;
    this.check = check;
    this.receivers = receivers;
    this.webhooks = webhooks;
    this.transaction = transaction;
  }

  void accept(Caller caller, RequestId requestId, long datasetId, BulkUploadRequest request) {
    Dataset dataset = datasets.get(caller, datasetId);
    String shown = check.requireKnown(caller, request);
    caller.requireWrite();
    quotas.requireUpload(caller.organizationId());
    requireFresh(dataset);
    admission.requireRoom(caller.organizationId());
    if (request.webhook() != null) receivers.requireVetted(request.webhook().receiver());
    check.requirePossible(caller, request);
    transaction.executeWithoutResult(_ -> enqueue(caller, requestId, datasetId, request, shown));
  }

  /// Takes the dataset's one attempt and adds the plan, both or neither; it is enqueued at once
  /// where the organization has room for a further upload. State and quotas are looked at once
  /// more, under the locks, because they may have changed while the source was asked.
  private void enqueue(
      Caller caller, RequestId requestId, long datasetId, BulkUploadRequest request, String shown) {
    Dataset dataset = datasets.lock(caller, datasetId);
    requireFresh(dataset);
    admission.lock(caller.organizationId());
    admission.requireRoom(caller.organizationId());
    quotas.requireUpload(caller.organizationId());
    long jobId = jobs.begin(datasetId);
    var upload =
        new NewBulkUpload(
            datasetId,
            caller.organizationId(),
            requestId.value(),
            dataset.family() == Family.LEGACY,
            request.automaticCaptioning(),
            generatesCaptions(dataset, request),
            request.contentModeration(),
            request.deduplicate(),
            request.source(),
            shown);
    if (!uploads.accept(jobId, upload)) refuse(new AlreadyAttempted(datasetId));
    if (request.source() instanceof Staged(var uploadId)) staged.take(caller, uploadId, jobId);
    if (request.webhook() != null) register(caller, requestId, jobId, request.webhook());
    quotas.countUpload(caller.organizationId());
    steps.add(jobId, PlanTask.NAME, 1);
    admission.admit(caller.organizationId());
  }

  private void register(Caller caller, RequestId requestId, long jobId, WantedWebhook webhook) {
    webhooks.register(
        new NewWebhook(
            jobId, caller.tokenId(), requestId.value(), webhook.receiver(), webhook.reportUrl()));
  }

  /// Read once, here: nothing that this depends on can change while the upload goes on.
  private static boolean generatesCaptions(Dataset dataset, BulkUploadRequest request) {
    return switch (dataset.family()) {
      case FIBO -> dataset.visualSchema() != null;
      case LEGACY -> request.automaticCaptioning();
    };
  }

  private void requireFresh(Dataset dataset) {
    long id = dataset.id();
    check.requireAdvanced(dataset);
    if (dataset.status() == DatasetStatus.COMPLETED) refuse(new DatasetCompleted(id));
    uploads
        .stateOf(id)
        .ifPresent(
            state -> refuse(state.isFinal() ? new AlreadyAttempted(id) : new AlreadyRunning(id)));
    if (datasets.hasImages(id)) refuse(new DatasetNotEmpty(id));
  }

  private static void refuse(Failure failure) {
    throw new FailureException(failure);
  }
}
