package dev.darkroom.quota;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why an organization is refused more than it has.
sealed interface QuotaFailure extends Failure {

  @Override
  default int status() {
    return 403;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  record StorageExceeded(Long limit, Long actual) implements QuotaFailure {
    @Override
    public String type() {
      return "quota.storage-exceeded";
    }

    @Override
    public String message() {
      return "The images of this organization would have %,d bytes, and its quota is %,d; delete some, or ask the operator for more."
          .formatted(actual, limit);
    }
  }

  record RunningUploadsExceeded(Long limit, Long actual) implements QuotaFailure {
    @Override
    public String type() {
      return "quota.running-uploads-exceeded";
    }

    @Override
    public String message() {
      return "This would be bulk upload %d of this organization that is not over, and its quota is %d; wait for the end of one."
          .formatted(actual, limit);
    }
  }

  record DailyUploadsExceeded(Long limit, Long actual) implements QuotaFailure {
    @Override
    public String type() {
      return "quota.daily-uploads-exceeded";
    }

    @Override
    public String message() {
      return "This would be bulk upload %d of this organization today, and its quota is %d; the next day begins at 00:00 UTC."
          .formatted(actual, limit);
    }
  }
}
