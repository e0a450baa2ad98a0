package dev.darkroom.job;

import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import java.time.Duration;

/// One run of a step.
///
/// @param number how often the step has begun: the fence of everything that it writes
/// @param tries the same without the runs that were handed back through no fault of theirs
public record Attempt(StepId step, int number, int tries, ExecutionContext context) {

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
    return context.getSchedulerState().isShuttingDown();
  }

  /// The same run, once it has written a part of its step: the first of a new count of tries.
  Attempt progressed() {
    return new Attempt(step, number, 1, context);
  }

  /// Hands the step back, without a try counted: this node has no room for it before `pause` is
  /// over, and any other may have.
  public RuntimeException handedBack(Duration pause) {
    return new HandedBack(pause);
  }

  /// The run ends as if it had not begun; any node goes on with the step after the pause.
  static final class HandedBack extends RuntimeException {

    private final transient Duration pause;

    HandedBack(Duration pause) {
      this.pause = pause;
    }

    Duration pause() {
      return pause;
    }
  }
}
