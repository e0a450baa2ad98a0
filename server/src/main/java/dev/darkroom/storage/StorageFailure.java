package dev.darkroom.storage;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.io.IOException;

/// Why bytes cannot be handed out or kept.
public sealed interface StorageFailure extends Failure {

  /// What a fault of an [ObjectStore] tells.
  static StorageFailure of(IOException fault) {
    return fault instanceof StoreFullException full
        ? new Full(full.availableBytes())
        : Plain.UNREACHABLE;
  }

  /// The failures that have no more to tell than their name.
  enum Plain implements StorageFailure {
    LINK_INVALID(
        403,
        "image-link.invalid",
        "This link is not one of ours or is incomplete; take a fresh one from the API."),
    LINK_EXPIRED(
        403, "image-link.expired", "This link has expired; take a fresh one from the API."),
    UNREACHABLE(
        503, "storage.unreachable", "The server cannot reach its object store; try again later.");

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
      return this == UNREACHABLE ? Retry.WHEN_BACK : Retry.NEVER;
    }
  }

  /// The store takes no more bytes.
  record Full(long availableBytes) implements StorageFailure {
    @Override
    public String type() {
      return "storage.full";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String message() {
      return "The server's object store is full, with %,d bytes free; ask its operator to make room."
          .formatted(availableBytes);
    }

    @Override
    public Retry retry() {
      return Retry.WHEN_BACK;
    }
  }

  /// The bucket could not be listed when the program started, which ends the start.
  record BucketUnusable(String reason) implements StorageFailure {
    @Override
    public String type() {
      return "storage.bucket-unusable";
    }

    @Override
    public int status() {
      return 500;
    }

    @Override
    public String message() {
      return "The store of --store cannot be used: %s.".formatted(reason);
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }
  }
}
