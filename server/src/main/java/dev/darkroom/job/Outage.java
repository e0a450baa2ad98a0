package dev.darkroom.job;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.job.JobFailure.DatabaseFull;
import dev.darkroom.job.JobFailure.DatabaseOut;
import dev.darkroom.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/// Tells the faults of what this server stands on from all others: its database, its store or a
/// provider is out, or it cannot start a decoder. They say nothing of the job, which waits for
/// their end.
final class Outage {

  /// PostgreSQL's `disk_full`.
  private static final String NO_ROOM = "53100";

  private Outage() {}

  /// What is out, where that is what the fault tells of.
  static Optional<Failure> behind(Exception fault) {
    return Optional.ofNullable(
        switch (fault) {
          case FailureException failed ->
              failed.failure().retry() == Retry.WHEN_BACK ? failed.failure() : null;
          case IOException store -> StorageFailure.of(store);
          case UncheckedIOException store ->
              StorageFailure.of(Objects.requireNonNull(store.getCause()));
          case DataAccessResourceFailureException _,
              RecoverableDataAccessException _,
              TransientDataAccessException _,
              CannotCreateTransactionException _,
              TransactionSystemException _ ->
              ofDatabase(fault);
          default -> null;
        });
  }

  /// What a fault of the database tells of, whatever it is.
  static Failure ofDatabase(Exception fault) {
    return NestedExceptionUtils.getMostSpecificCause(fault) instanceof SQLException problem
            && NO_ROOM.equals(problem.getSQLState())
        ? new DatabaseFull()
        : new DatabaseOut();
  }
}
