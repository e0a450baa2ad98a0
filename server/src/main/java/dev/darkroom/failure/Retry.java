package dev.darkroom.failure;

/// Whether a failure is final.
public enum Retry {
  /// Trying again gives the same answer.
  NEVER,
  /// The cause may pass by itself.
  LATER
}
