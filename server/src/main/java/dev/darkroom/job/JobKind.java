package dev.darkroom.job;

import dev.darkroom.failure.Failure;
import java.util.Optional;

/// A kind of job, as those who run its steps need to know it.
///
/// @param <J> what a step is told of its job
public interface JobKind<J> {

  /// The job, where it is not over.
  Optional<J> findRunning(long jobId);

  /// Ends a job that cannot go on, in the caller's transaction and under the job's lock.
  void fail(long jobId, Failure failure);
}
