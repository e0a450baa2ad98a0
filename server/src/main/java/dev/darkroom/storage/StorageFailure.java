package dev.darkroom.storage;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why bytes cannot be handed out or kept.
public sealed interface StorageFailure extends Failure {

  /// The link was not made by this server, or was changed.
  record LinkInvalid() implements StorageFailure {
    @Override
    public String type() {
      return "image-link.invalid";
    }

    @Override
    public int status() {
      return 403;
    }

    @Override
    public String message() {
      return "This link is not one of ours or is incomplete; take a fresh one from the API.";
    }
  }

  /// The link was good once.
  record LinkExpired() implements StorageFailure {
    @Override
    public String type() {
      return "image-link.expired";
    }

    @Override
    public int status() {
      return 403;
    }

    @Override
    public String message() {
      return "This link has expired; take a fresh one from the API.";
    }
  }

  /// The store is out.
  record Unreachable() implements StorageFailure {
    @Override
    public String type() {
      return "storage.unreachable";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String message() {
      return "The server cannot reach its object store; try again later.";
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
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

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }
}
