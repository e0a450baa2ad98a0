package dev.darkroom.basicupload;

import dev.darkroom.api.Caller;
import dev.darkroom.basicupload.BasicUploadFailure.DatasetCompleted;
import dev.darkroom.basicupload.BasicUploadFailure.DatasetFull;
import dev.darkroom.basicupload.BasicUploadFailure.DatasetNotBasic;
import dev.darkroom.basicupload.BasicUploadFailure.Plain;
import dev.darkroom.captioning.CaptionJob;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.DatasetImage;
import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.dataset.DatasetStatus;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.dataset.NewImage.Facts;
import dev.darkroom.dataset.UploadType;
import dev.darkroom.dataset.UploadedImage;
import dev.darkroom.failure.FailureException;
import dev.darkroom.job.Jobs;
import dev.darkroom.quota.Quotas;
import dev.darkroom.storage.StoredObjects;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The datasets that take single images, as long as there is room. Of uploads at the same instant
/// one after the other is added, under the dataset's lock, and no more than there is room for.
@Component
final class BasicDatasets {

  private static final int MAX_IMAGES = 200;

  private final Quotas quotas;
  private final Datasets datasets;
  private final DatasetImages images;
  private final StoredObjects objects;
  private final Jobs jobs;
  private final CaptionJob captionJob;
  private final TransactionTemplate transaction;

  BasicDatasets(
      Quotas quotas,
      Datasets datasets,
      DatasetImages images,
      StoredObjects objects,
      Jobs jobs,
      CaptionJob captionJob,
      TransactionTemplate transaction) {
    this.quotas = quotas;
    this.datasets = datasets;
    this.images = images;
    this.objects = objects;
    this.jobs = jobs;
    this.captionJob = captionJob;
    this.transaction = transaction;
  }

  /// An image whose bytes are stored.
  record StoredUpload(long storedObjectId, BasicUploadRequest request, Facts facts) {}

  /// Refuses an image that the dataset does not take now.
  void requireRoom(Caller caller, long datasetId) {
    var dataset = datasets.get(caller, datasetId);
    caller.requireWrite();
    requireRoom(dataset);
  }

  private static void requireRoom(Dataset dataset) {
    long id = dataset.id();
    if (dataset.uploadType() != UploadType.BASIC) {
      throw new FailureException(new DatasetNotBasic(id));
    }
    if (dataset.status() == DatasetStatus.COMPLETED) {
      throw new FailureException(new DatasetCompleted(id));
    }
    if (dataset.imagesCount() >= MAX_IMAGES) {
      throw new FailureException(new DatasetFull(id, MAX_IMAGES, dataset.imagesCount()));
    }
  }

  /// Adds the image, visible at once, and begins its caption where one is to be written. The state
  /// is looked at once more, because it may have changed while the image was on its way; the quota
  /// now, because only now the image's bytes are known.
  DatasetImage add(Caller caller, long datasetId, StoredUpload upload) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          quotas.requireRoom(caller.organizationId(), upload.facts().sizeBytes());
          var dataset = datasets.lock(caller, datasetId);
          requireRoom(dataset);
          if (!objects.claim(upload.storedObjectId())) {
            throw new FailureException(Plain.TOOK_TOO_LONG);
          }
          long imageId = insert(dataset, upload);
          datasets.touch(datasetId);
          return images.get(datasetId, imageId);
        }));
  }

  private long insert(Dataset dataset, StoredUpload upload) {
    Long captionJobId = isCaptioned(dataset) ? jobs.begin(dataset.id()) : null;
    long imageId = images.add(uploaded(dataset, upload, captionJobId));
    if (captionJobId != null) captionJob.beginOne(captionJobId, dataset.id(), imageId);
    return imageId;
  }

  private static UploadedImage uploaded(
      Dataset dataset, StoredUpload upload, @Nullable Long captionJobId) {
    var request = upload.request();
    var name = request.nameOr("image." + upload.facts().format().wireName());
    return new UploadedImage(
        dataset.id(),
        upload.storedObjectId(),
        name,
        request.shownUrl(),
        captionJobId,
        upload.facts());
  }

  private static boolean isCaptioned(Dataset dataset) {
    return switch (dataset.family()) {
      case FIBO -> dataset.visualSchema() != null;
      case LEGACY -> true;
    };
  }
}
