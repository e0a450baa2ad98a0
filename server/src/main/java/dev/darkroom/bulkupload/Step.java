package dev.darkroom.bulkupload;

import java.io.IOException;

/// One kind of work on an upload. It runs at least once: what it does outside the database can be
/// done again with the same result, and what it writes there it leaves to its [Outcome].
interface Step {

  StepTask task();

  /// Does the work, outside of any transaction.
  ///
  /// @throws IOException where the object store is out
  /// @throws dev.darkroom.failure.FailureException where the source or the archive fails
  Outcome work(BulkUpload upload, Attempt attempt) throws IOException, InterruptedException;

  /// What a step writes, once, in the transaction that settles it.
  @FunctionalInterface
  interface Outcome {
    void commit();
  }
}
