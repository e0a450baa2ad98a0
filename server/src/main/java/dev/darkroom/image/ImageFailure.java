package dev.darkroom.image;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why an image is not fit for a dataset.
public sealed interface ImageFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// Smaller than the smallest size that a model trains on.
  record TooSmall(int width, int height, int minDimension) implements ImageFailure {
    @Override
    public String type() {
      return "image.too-small";
    }

    @Override
    public int status() {
      return 412;
    }

    @Override
    public String message() {
      return "The image is %d x %d pixels; at least %d x %d are needed."
          .formatted(width, height, minDimension, minDimension);
    }

    @Override
    public Long limit() {
      return (long) minDimension;
    }

    @Override
    public Long actual() {
      return (long) Math.min(width, height);
    }
  }
}
