package dev.darkroom.dataset;

import dev.darkroom.api.Fields;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.failure.FailureException;
import dev.darkroom.project.TrainingVersion.Family;
import org.jspecify.annotations.Nullable;

/// What a client sends to change a dataset. An absent or null field leaves what is there.
record DatasetChange(
    @Nullable String name,
    @Nullable String visualSchema,
    @Nullable String captionPrefix,
    @Nullable DatasetStatus status) {

  DatasetChange {
    Fields.notBlank("name", name);
    if (visualSchema != null) {
      VisualSchema.check(visualSchema);
    }
  }

  /// The dataset as it will be, when it may become so.
  ///
  /// @param busy whether a bulk upload or a caption run goes on
  Dataset over(Dataset present, boolean busy) {
    checkFamily(present);
    var changed = merge(present);
    if (changesCaptions(present)) {
      checkCaptionsMayChange(present, busy);
    }
    if (present.status() != changed.status()) {
      checkStatusMayBecome(changed, busy);
    }
    return changed;
  }

  private Dataset merge(Dataset present) {
    return new Dataset(
        present.id(),
        present.organizationId(),
        present.projectId(),
        name == null ? present.name() : name,
        present.trainingVersion(),
        visualSchema == null ? present.visualSchema() : visualSchema,
        captionPrefix == null ? present.captionPrefix() : captionPrefix,
        status == null ? present.status() : status,
        present.captionsUpdateStatus(),
        present.uploadType(),
        present.imagesCount(),
        present.createdAt(),
        present.updatedAt());
  }

  private void checkFamily(Dataset present) {
    switch (present.family()) {
      case FIBO -> refuseIf(captionPrefix != null, DatasetFailure.Plain.PREFIX_ON_FIBO);
      case LEGACY -> refuseIf(visualSchema != null, DatasetFailure.Plain.SCHEMA_ON_LEGACY);
    }
  }

  private boolean changesCaptions(Dataset present) {
    return (visualSchema != null && !visualSchema.equals(present.visualSchema()))
        || (captionPrefix != null && !captionPrefix.equals(present.captionPrefix()));
  }

  static void checkCaptionsMayChange(Dataset present, boolean busy) {
    refuseIf(present.status() == DatasetStatus.COMPLETED, DatasetFailure.Plain.COMPLETED);
    refuseIf(busy, DatasetFailure.Plain.BUSY);
  }

  private static void checkStatusMayBecome(Dataset changed, boolean busy) {
    refuseIf(changed.status() == DatasetStatus.DRAFT, DatasetFailure.Plain.NOT_REOPENED);
    refuseIf(busy, DatasetFailure.Plain.BUSY);
    if (changed.imagesCount() < changed.minImages()) {
      throw new FailureException(
          new DatasetFailure.TooFewImages(changed.minImages(), changed.imagesCount()));
    }
    refuseIf(
        changed.family() == Family.FIBO && changed.visualSchema() == null,
        DatasetFailure.Plain.SCHEMA_MISSING);
  }

  private static void refuseIf(boolean broken, DatasetFailure failure) {
    if (broken) {
      throw new FailureException(failure);
    }
  }
}
