package dev.darkroom.dataset;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import dev.darkroom.project.TrainingVersion;
import dev.darkroom.project.TrainingVersion.Family;

/// Why a dataset or one of its images cannot be found, made, changed or deleted.
sealed interface DatasetFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// The failures that have no more to tell than their name.
  enum Plain implements DatasetFailure {
    SCHEMA_ON_LEGACY(
        400,
        "dataset.schema-on-legacy",
        "A visual_schema is for datasets with the training_version fibo only."),
    PREFIX_ON_FIBO(
        400,
        "dataset.prefix-on-fibo",
        "A caption_prefix is not for datasets with the training_version fibo; use visual_schema."),
    COMPLETED(409, "dataset.completed", "The dataset is completed; clone it and change the clone."),
    NOT_REOPENED(
        409,
        "dataset.not-reopened",
        "A completed dataset does not become a draft again; clone it and change the clone."),
    BUSY(
        409,
        "dataset.busy",
        "A bulk upload or a caption run goes on in the dataset; try again when it has ended."),
    BULK_UPLOAD_RUNS(
        409,
        "dataset.bulk-upload-runs",
        "A bulk upload to the dataset runs; try again when it has ended."),
    SCHEMA_MISSING(
        409,
        "dataset.schema-missing",
        "A dataset needs a visual_schema before it is completed; set it first.");

    private final int status;
    private final String type;
    private final String message;

    Plain(int status, String type, String message) {
      this.status = status;
      this.type = type;
      this.message = message;
    }

    @Override
    public String type() {
      return type;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String message() {
      return message;
    }

    @Override
    public Retry retry() {
      return this == BUSY || this == BULK_UPLOAD_RUNS ? Retry.LATER : Retry.NEVER;
    }
  }

  /// No dataset of the caller's organization has this id.
  record NotFound(long datasetId) implements DatasetFailure {
    @Override
    public String type() {
      return "dataset.not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "There is no dataset %d.".formatted(datasetId);
    }
  }

  /// The dataset has no visible image with this id.
  record ImageNotFound(long imageId) implements DatasetFailure {
    @Override
    public String type() {
      return "dataset.image-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "There is no image %d in this dataset.".formatted(imageId);
    }
  }

  /// The project's other datasets follow other rules.
  record OtherFamily(TrainingVersion wanted, Family projectFamily) implements DatasetFailure {
    @Override
    public String type() {
      return "dataset.other-family";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "The project holds %s datasets, and the training_version %s is not one of theirs; use another project."
          .formatted(projectFamily, wanted);
    }
  }

  /// Not enough images to train on.
  record TooFewImages(int minImages, int images) implements DatasetFailure {
    @Override
    public String type() {
      return "dataset.too-few-images";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "The dataset has %d images; it needs %d before it is completed."
          .formatted(images, minImages);
    }

    @Override
    public Long limit() {
      return (long) minImages;
    }

    @Override
    public Long actual() {
      return (long) images;
    }
  }

  /// The bytes that a client asks for are past the file's end.
  record RangeNotSatisfiable(long length) implements DatasetFailure {
    @Override
    public String type() {
      return "image-link.range-not-satisfiable";
    }

    @Override
    public int status() {
      return 416;
    }

    @Override
    public String message() {
      return "The file has %d bytes, none of them in the range asked for.".formatted(length);
    }
  }
}
