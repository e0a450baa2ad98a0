package dev.darkroom.job;

import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// One run of a step.
///
/// @param number how often the step has begun: the fence of everything that it writes
/// @param tries the same without the runs that were handed back through no fault of theirs
/// @param stopping whether this node is shutting down
public record Attempt(
    StepId step, int number, int tries, ExecutionContext context, BooleanSupplier stopping) {

  /// The version of the scheduler's row that this run picked; another one means that another run
  /// has taken over.
  long taskVersion() {
    return context.getExecution().version;
  }

  /// To be called between two pieces of work: hands the step back where this node is shutting down.
  public void handBackIfStopping() {
    if (isStopping()) throw new HandedBack(Duration.ZERO);
  }

  /// Whether this node is shutting down.
  public boolean isStopping() {
    return stopping.getAsBoolean();
  }

  /// The same run, once it has written a part of its step: the first of a new count of tries.
  Attempt progressed() {
    return new Attempt(step, number, 1, context, stopping);
  }

  /// The run ends as if it had not begun; any node goes on with the step after the pause.
  static final class HandedBack extends RuntimeException {

    private final transient Duration pause;

    HandedBack(Duration pause) {
      this.pause = pause;
    }

    /// At once.
    HandedBack(Exception end) {
      super(end);
      this.pause = Duration.ZERO;
    }

    Duration pause() {
      return pause;
    }
  }
}
