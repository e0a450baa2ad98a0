package dev.darkroom.job;

import java.io.IOException;

/// One kind of work on a job. It runs at least once: what it does outside the database can be done
/// again with the same result, and what it writes there it leaves to its [Outcome].
///
/// @param <J> what it is told of its job
public interface Step<J> {

  /// The name of the scheduler's task, such as `ingest`; no two steps share one.
  String task();

  JobKind<J> kind();

  /// Does the work, outside of any transaction.
  ///
  /// @throws IOException where the object store is out
  /// @throws dev.darkroom.failure.FailureException where something fails that is not ours
  /// @throws StoppedEarly where any of it comes in the middle, and a part may be done
  Outcome work(J job, Attempt attempt) throws IOException, InterruptedException;

  /// What a step writes, once, in the transaction that settles it, or a part of it.
  @FunctionalInterface
  interface Outcome {
    void commit();
  }
}
