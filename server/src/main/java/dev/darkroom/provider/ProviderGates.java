package dev.darkroom.provider;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The gates of all providers. Every change repeats the version that it began with, and says
/// whether it was made.
interface ProviderGates {

  /// A gate.
  ///
  /// @param failures in a row; 0 is an open gate
  /// @param probeUntil until when the request that was let through keeps all others from coming
  /// @param busy asked too often, rather than out
  record State(
      long version,
      int failures,
      Instant openAt,
      @Nullable Instant probeUntil,
      boolean busy,
      @Nullable String reason) {

    boolean isOpen() {
      return failures == 0;
    }
  }

  /// None where the provider was never out.
  Optional<State> find(String provider);

  boolean close(String provider, Pass pass, Fault fault, Instant openAt);

  /// Where another request has closed the gate, and this one was asked to wait for longer.
  void stayClosed(String provider, Pass pass, Instant openAt);

  boolean takeProbe(String provider, long version, Instant now, Instant until);

  boolean open(String provider, Pass pass);
}
