package dev.darkroom.captioning;

import dev.darkroom.api.Caller;
import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.caption.Captioning;
import dev.darkroom.captioning.CaptioningFailure.NoText;
import dev.darkroom.captioning.CaptioningFailure.Plain;
import dev.darkroom.dataset.CaptionsUpdateStatus;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.dataset.DatasetImage;
import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.dataset.Datasets;
import dev.darkroom.dataset.ImageCaption;
import dev.darkroom.dataset.Pictures;
import dev.darkroom.failure.FailureException;
import dev.darkroom.job.Jobs;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Changes captions at a client's request: one of them while the client waits, or all of them in a
/// run. While one is generated no transaction is open; what it is written under is looked at again,
/// under the dataset's lock, when it is there.
@Component
final class ImageCaptions {

  private final Datasets datasets;
  private final DatasetImages images;
  private final Pictures pictures;
  private final Captions captions;
  private final WaitedCalls calls;
  private final Jobs jobs;
  private final CaptionJob captionJob;
  private final int maxBytes;
  private final TransactionTemplate transaction;

  ImageCaptions(
      Datasets datasets,
      DatasetImages images,
      Pictures pictures,
      Captions captions,
      WaitedCalls calls,
      Jobs jobs,
      CaptionJob captionJob,
      ArchiveLimits limits,
      TransactionTemplate transaction) {
    this.datasets = datasets;
    this.images = images;
    this.pictures = pictures;
    this.captions = captions;
    this.calls = calls;
    this.jobs = jobs;
    this.captionJob = captionJob;
    this.maxBytes = limits.maxCaptionBytes();
    this.transaction = transaction;
  }

  /// Begins to write all captions anew; of requests at the same instant exactly one begins.
  Dataset regenerateAll(Caller caller, long datasetId) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          var dataset = datasets.lock(caller, datasetId);
          datasets.requireCaptionsMayChange(dataset);
          var _ = formOf(dataset);
          if (dataset.imagesCount() == 0) {
            datasets.setCaptionsUpdateStatus(datasetId, CaptionsUpdateStatus.EMPTY);
          } else {
            var _ = captionJob.beginAll(jobs.begin(datasetId), datasetId);
          }
          return datasets.get(caller, datasetId);
        }));
  }

  /// Gives the image the caption that somebody has written.
  Changed write(Caller caller, ImageId id, String given) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          var dataset = lock(caller, id);
          var caption = ManualCaption.of(given, dataset, maxBytes);
          datasets.requireCaptionsMayChange(dataset);
          return set(id, ImageCaption.manual(caption.text()), caption.warnings());
        }));
  }

  /// Has the image's caption written anew.
  Changed regenerate(Caller caller, ImageId id) {
    var dataset = datasets.get(caller, id.dataset());
    var image = images.get(id.dataset(), id.image());
    caller.requireWrite();
    datasets.requireCaptionsMayChange(dataset);
    var form = formOf(dataset);
    var written = calls.await(() -> captions.write(form, pictures.get(image.id())));
    return switch (written) {
      case Captioning.Failed(var failure) ->
          throw new FailureException(new NoText(failure.message()));
      case Captioning.Written text ->
          Objects.requireNonNull(
              transaction.execute(_ -> {
                var present = lock(caller, id);
                datasets.requireCaptionsMayChange(present);
                requireSameForm(dataset, present);
                return set(id, captions.kept(form, text), List.of());
              }));
    };
  }

  /// The image is looked for before the caller's scope is asked: 404 comes before 403.
  private Dataset lock(Caller caller, ImageId id) {
    var _ = datasets.get(caller, id.dataset());
    var _ = images.get(id.dataset(), id.image());
    return datasets.lock(caller, id.dataset());
  }

  private Changed set(ImageId id, ImageCaption caption, List<String> warnings) {
    images.setCaption(List.of(id.image()), caption);
    datasets.touch(id.dataset());
    return new Changed(images.get(id.dataset(), id.image()), warnings);
  }

  private static CaptionForm formOf(Dataset dataset) {
    return CaptionForm.of(dataset.family(), dataset.visualSchema(), dataset.captionPrefix())
        .orElseThrow(() -> new FailureException(Plain.SCHEMA_MISSING));
  }

  private static void requireSameForm(Dataset before, Dataset present) {
    if (!Objects.equals(before.visualSchema(), present.visualSchema())
        || !Objects.equals(before.captionPrefix(), present.captionPrefix())) {
      throw new FailureException(Plain.SCHEMA_CHANGED);
    }
  }

  /// Names an image by its dataset and its own id.
  record ImageId(long dataset, long image) {}

  /// The image with its new caption.
  record Changed(DatasetImage image, List<String> warnings) {}
}
