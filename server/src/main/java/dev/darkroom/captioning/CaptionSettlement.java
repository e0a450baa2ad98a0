package dev.darkroom.captioning;

import dev.darkroom.captioning.CaptionItems.PictureId;
import dev.darkroom.captioning.CaptionItems.State;
import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.dataset.ImageCaption;
import dev.darkroom.job.Jobs;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Writes a picture's caption as soon as it is there, once, to every image that waits for it:
/// images, items and counters together.
@Component
final class CaptionSettlement {

  private final Jobs jobs;
  private final CaptionRuns runs;
  private final CaptionItems items;
  private final DatasetImages images;
  private final TransactionTemplate transaction;
  private final MeterRegistry meters;

  CaptionSettlement(
      Jobs jobs,
      CaptionRuns runs,
      CaptionItems items,
      DatasetImages images,
      TransactionTemplate transaction,
      MeterRegistry meters) {
    this.jobs = jobs;
    this.runs = runs;
    this.items = items;
    this.images = images;
    this.transaction = transaction;
    this.meters = meters;
  }

  /// Writes nothing where the job is over, or another run of the step came first.
  void commit(PictureId picture, ImageCaption caption) {
    var state = caption.text() == null ? State.FAILED : State.DONE;
    transaction.executeWithoutResult(_ -> {
      if (!jobs.lockRunning(picture.runId())) return;
      images.setCaption(items.openImages(picture), caption);
      runs.count(picture.runId(), items.settle(picture, state));
      jobs.progressed(picture.runId());
      meters.counter("darkroom.captions", "outcome", state.toString()).increment();
    });
  }
}
