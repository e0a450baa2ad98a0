package dev.darkroom.failure;

/// Whether a failure is final.
public enum Retry {
  /// Trying again gives the same answer.
  NEVER,
  /// The cause may pass by itself; a try that meets it counts.
  LATER,
  /// Something that this server stands on is out: the database, the store, a provider. That says
  /// nothing of the thing that was tried, so work waits for its end without counting a try.
  WHEN_BACK
}
