package dev.darkroom.ratelimit;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.time.Duration;

/// Why a request is refused that nothing is wrong with but the number of those before it.
sealed interface RateLimitFailure extends Failure {

  int perMinute();

  @Override
  default int status() {
    return 429;
  }

  @Override
  default Retry retry() {
    return Retry.LATER;
  }

  @Override
  default Long limit() {
    return (long) perMinute();
  }

  /// The quota and the one request that it has no room for.
  @Override
  default Long actual() {
    return perMinute() + 1L;
  }

  /// The organization has used up its quota.
  record QuotaUsedUp(CallClass callClass, int perMinute, Duration retryAfter)
      implements RateLimitFailure {
    @Override
    public String type() {
      return "request.rate-limited";
    }

    @Override
    public String message() {
      return "Your organization has sent more than the %d %s requests that it may send in a minute; wait as long as Retry-After says."
          .formatted(perMinute, callClass);
    }
  }

  /// The address has sent so many wrong tokens that the next ones are not even looked up.
  record TooManyWrongTokens(int perMinute, Duration retryAfter) implements RateLimitFailure {
    @Override
    public String type() {
      return "token.too-many-wrong";
    }

    @Override
    public String message() {
      return "More than %d wrong API tokens came from your address in a minute; wait as long as Retry-After says, and send a right one."
          .formatted(perMinute);
    }
  }
}
