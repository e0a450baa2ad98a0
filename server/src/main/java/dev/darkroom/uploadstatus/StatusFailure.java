package dev.darkroom.uploadstatus;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why a stream of statuses is refused.
sealed interface StatusFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.LATER;
  }

  /// The organization has as many requests waiting on this node as one may have.
  record OrganizationFull(int max) implements StatusFailure {
    @Override
    public String type() {
      return "status.too-many-watchers";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public String message() {
      return "This organization waits for %d statuses at a time already; close a stream, or poll."
          .formatted(max);
    }

    @Override
    public Long limit() {
      return (long) max;
    }
  }

  /// This node has as many requests waiting as it takes.
  record NodeFull(int max) implements StatusFailure {
    @Override
    public String type() {
      return "status.node-full";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String message() {
      return "%d requests wait for a status on this server already; poll, or try again later."
          .formatted(max);
    }

    @Override
    public Long limit() {
      return (long) max;
    }
  }
}
