package dev.darkroom.basicupload;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why an image is not taken into a basic dataset, where it is not the image's own fault.
sealed interface BasicUploadFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// The failures that have no more to tell than their name.
  enum Plain implements BasicUploadFailure {
    NOT_ONE_SOURCE(
        400,
        "basic-upload.not-one-source",
        "Send the image either as file or as image_url, and not as both."),
    NO_MODERATOR(
        400,
        "basic-upload.no-moderator",
        "content_moderation is true, but this server has no moderator; send false, or ask its operator for one."),
    TOOK_TOO_LONG(
        503,
        "basic-upload.took-too-long",
        "The image was an hour on its way into the store; send it again.");

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
      return this == TOOK_TOO_LONG ? Retry.LATER : Retry.NEVER;
    }
  }

  record DatasetNotBasic(long datasetId) implements BasicUploadFailure {
    @Override
    public String type() {
      return "basic-upload.dataset-not-basic";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "Dataset %d is an advanced one and takes a ZIP of images; create a basic one for single images."
          .formatted(datasetId);
    }
  }

  record DatasetCompleted(long datasetId) implements BasicUploadFailure {
    @Override
    public String type() {
      return "basic-upload.dataset-completed";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "Dataset %d is completed and takes no more images; clone it and upload into the clone."
          .formatted(datasetId);
    }
  }

  record DatasetFull(long datasetId, int maxImages, int images) implements BasicUploadFailure {
    @Override
    public String type() {
      return "basic-upload.dataset-full";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "Dataset %d holds %d images, and a basic one takes %d; create an advanced one for more."
          .formatted(datasetId, images, maxImages);
    }

    @Override
    public Long limit() {
      return (long) maxImages;
    }

    @Override
    public Long actual() {
      return (long) images;
    }
  }

  /// Nothing can be fetched from the URL of the image.
  ///
  /// @param reason a sentence
  record UrlUnusable(String reason) implements BasicUploadFailure {
    @Override
    public String type() {
      return "basic-upload.url-unusable";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String message() {
      return "image_url: " + reason;
    }
  }

  /// The image is so narrow that it would have too many pixels once its short side is long enough.
  record TooNarrow(long width, long height, long maxPixels) implements BasicUploadFailure {
    @Override
    public String type() {
      return "basic-upload.too-narrow";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "Upscaled, the image would be %d x %d, which is %d pixels; at most %d are kept: crop it."
          .formatted(width, height, width * height, maxPixels);
    }

    @Override
    public Long limit() {
      return maxPixels;
    }

    @Override
    public Long actual() {
      return width * height;
    }
  }
}
