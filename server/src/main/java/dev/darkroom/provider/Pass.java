package dev.darkroom.provider;

import org.jspecify.annotations.Nullable;

/// Leave to ask a provider, as its gate gave it.
///
/// @param version of the gate; another one means that it has closed or opened since
/// @param failures how many in a row came before; above 0, this is the one request that tries
///   whether the provider is back
/// @param reason of the last of these failures
record Pass(long version, int failures, @Nullable String reason) {

  boolean isProbe() {
    return failures > 0;
  }
}
