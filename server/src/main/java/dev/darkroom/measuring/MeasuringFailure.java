package dev.darkroom.measuring;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// What measuring cannot do.
enum MeasuringFailure implements Failure {
  NEEDS_VISION_MODEL(
      "captioner.needs-vision-model",
      400,
      "Changing a structured prompt takes a vision model, and this server only measures pictures; connect one as docs/captioning.md describes."),
  PICTURE_UNREADABLE(
      "captioner.picture-unreadable",
      500,
      "The stored thumbnail of the image cannot be decoded; delete the image and upload it again.");

  private final String type;
  private final int status;
  private final String message;

  MeasuringFailure(String type, int status, String message) {
    this.type = type;
    this.status = status;
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
    return Retry.NEVER;
  }
}
