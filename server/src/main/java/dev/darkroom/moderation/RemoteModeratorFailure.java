package dev.darkroom.moderation;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// The moderation endpoint answers, and never usably.
///
/// @param problem of its last answer; follows "it"
record RemoteModeratorFailure(int tries, String problem) implements Failure {

  @Override
  public String type() {
    return "moderation.undecided";
  }

  @Override
  public int status() {
    return 500;
  }

  @Override
  public String message() {
    return "The moderator gave no usable answer in %d tries: in the last one it %s; ask the operator."
        .formatted(tries, problem);
  }

  @Override
  public Retry retry() {
    return Retry.NEVER;
  }
}
