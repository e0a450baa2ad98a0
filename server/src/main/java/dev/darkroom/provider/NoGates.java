package dev.darkroom.provider;

import java.time.Instant;
import java.util.Optional;

/// Gates that stand open, for a command that asks for a few things and ends: whoever waits for it
/// is told of an outage, and nobody else is kept from asking.
final class NoGates implements ProviderGates {

  @Override
  public Optional<State> find(String provider) {
    return Optional.empty();
  }

  @Override
  public boolean close(String provider, Pass pass, Fault fault, Instant openAt) {
    return false;
  }

  @Override
  public void stayClosed(String provider, Pass pass, Instant openAt) {
    // It never closes.
  }

  @Override
  public boolean takeProbe(String provider, long version, Instant now, Instant until) {
    return true;
  }

  @Override
  public boolean open(String provider, Pass pass) {
    return false;
  }
}
