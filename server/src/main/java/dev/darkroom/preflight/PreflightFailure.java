package dev.darkroom.preflight;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why there is no preflight to begin, or to see.
sealed interface PreflightFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  record AlreadyRunning(long datasetId) implements PreflightFailure {
    @Override
    public String type() {
      return "preflight.already-running";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "A preflight for dataset %d is running; follow it at its status URL, and begin another when it has ended."
          .formatted(datasetId);
    }
  }

  /// The organization has enough of them under way.
  record TooManyRunning(int running, int allowed) implements PreflightFailure {
    @Override
    public String type() {
      return "preflight.too-many-running";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "Your organization has %d preflights running, and may have %d; begin this one when one of them has ended."
          .formatted(running, allowed);
    }

    @Override
    public Long limit() {
      return (long) allowed;
    }

    @Override
    public Long actual() {
      return (long) running;
    }
  }

  record NotFound(long datasetId) implements PreflightFailure {
    @Override
    public String type() {
      return "preflight.not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "Dataset %d has had no preflight within 24 hours; begin one.".formatted(datasetId);
    }
  }
}
