package dev.darkroom.provider;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.time.Duration;

/// Why a provider is not asked now. It says nothing of the picture, which waits for its end.
public sealed interface ProviderFailure extends Failure {

  @Override
  default int status() {
    return 503;
  }

  @Override
  default Retry retry() {
    return Retry.WHEN_BACK;
  }

  /// The provider is out, or refuses all that it is asked, or this server's settings of it are
  /// wrong.
  ///
  /// @param provider such as `captioner`
  /// @param reason follows a colon; without secrets
  record Unavailable(String provider, String reason, Duration retryAfter)
      implements ProviderFailure {
    @Override
    public String type() {
      return "provider.unavailable";
    }

    @Override
    public String message() {
      return "The %s is out: %s; try again in %s.".formatted(provider, reason, seconds(retryAfter));
    }
  }

  /// The provider is asked more than it takes, or more than this node may ask.
  ///
  /// @param provider such as `captioner`
  /// @param reason follows a colon; without secrets
  record Busy(String provider, String reason, Duration retryAfter) implements ProviderFailure {
    @Override
    public String type() {
      return "provider.busy";
    }

    @Override
    public String message() {
      return "The %s is busy: %s; try again in %s."
          .formatted(provider, reason, seconds(retryAfter));
    }
  }

  /// Whole seconds, and none too early.
  private static String seconds(Duration pause) {
    return pause.plusNanos(999_999_999).toSeconds() + " s";
  }
}
