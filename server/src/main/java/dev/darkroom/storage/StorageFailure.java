package dev.darkroom.storage;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why bytes cannot be handed out.
public enum StorageFailure implements Failure {
  LINK_INVALID(
      403,
      "image-link.invalid",
      "This link is not one of ours or is incomplete; take a fresh one from the API."),
  LINK_EXPIRED(403, "image-link.expired", "This link has expired; take a fresh one from the API."),
  UNREACHABLE(
      503, "storage.unreachable", "The server cannot reach its object store; try again later.");

  private final int status;
  private final String type;
  private final String message;

  StorageFailure(int status, String type, String message) {
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
    return this == UNREACHABLE ? Retry.LATER : Retry.NEVER;
  }
}
