package dev.darkroom.bulkupload;

import dev.darkroom.api.Caller;
import dev.darkroom.bulkupload.BulkUploadFailure.AlreadyFinal;
import dev.darkroom.bulkupload.BulkUploadFailure.Cancelled;
import dev.darkroom.bulkupload.BulkUploadFailure.NotFound;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.failure.FailureException;
import dev.darkroom.job.Jobs;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Ends a bulk upload at a client's request, at whatever it is. It is over when this returns: no
/// image of it stays, and a run that is still under way on any node writes nothing any more.
@Component
public final class Cancellation {

  private final Datasets datasets;
  private final Jobs jobs;
  private final BulkUploads uploads;
  private final UploadJob job;
  private final TransactionTemplate transaction;

  Cancellation(
      Datasets datasets,
      Jobs jobs,
      BulkUploads uploads,
      UploadJob job,
      TransactionTemplate transaction) {
    this.datasets = datasets;
    this.jobs = jobs;
    this.uploads = uploads;
    this.job = job;
    this.transaction = transaction;
  }

  public void cancel(Caller caller, long datasetId) {
    var _ = datasets.get(caller, datasetId);
    long uploadId = uploads.findId(datasetId).orElseThrow(() -> notFound(datasetId));
    caller.requireWrite();
    transaction.executeWithoutResult(_ -> {
      if (!jobs.lockRunning(uploadId)) throw over(datasetId);
      job.fail(uploadId, new Cancelled());
    });
  }

  /// Ends the bulk upload that runs into a dataset, where one does.
  public void endRunning(long datasetId) {
    uploads
        .findId(datasetId)
        .ifPresent(id ->
            transaction.executeWithoutResult(_ -> {
              if (jobs.lockRunning(id)) job.fail(id, new Cancelled());
            }));
  }

  /// It came to its end before, or was deleted this moment with its dataset.
  private FailureException over(long datasetId) {
    return uploads
        .stateOf(datasetId)
        .map(state -> new FailureException(new AlreadyFinal(datasetId, state)))
        .orElseGet(() -> notFound(datasetId));
  }

  private static FailureException notFound(long datasetId) {
    return new FailureException(new NotFound(datasetId));
  }
}
