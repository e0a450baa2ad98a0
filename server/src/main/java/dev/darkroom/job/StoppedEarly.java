package dev.darkroom.job;

import dev.darkroom.job.Attempt.HandedBack;
import org.jspecify.annotations.Nullable;

/// Thrown by a [Step] that a fault stopped in the middle of its work. What it had done by then is
/// written at once, so that the next run goes on behind it; the step is not settled by that. How
/// the run ends is decided by the fault.
public final class StoppedEarly extends RuntimeException {

  private final Exception fault;
  private final transient Step.@Nullable Outcome part;

  /// @param part what was done; null where nothing was, for a run that gets on counts as no try
  public StoppedEarly(Exception fault, Step.@Nullable Outcome part) {
    super(fault);
    this.fault = fault;
    this.part = part;
  }

  /// The same part done, for a run that is handed back.
  StoppedEarly handedBack() {
    return new StoppedEarly(new HandedBack(fault), part);
  }

  Exception fault() {
    return fault;
  }

  Step.@Nullable Outcome part() {
    return part;
  }
}
