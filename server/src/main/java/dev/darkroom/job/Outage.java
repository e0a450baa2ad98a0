package dev.darkroom.job;

import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/// Tells the faults of what this server stands on from all others: its database, its store or a
/// provider is out, or it cannot start a decoder. They say nothing of the job, which waits for
/// their end.
final class Outage {

  private Outage() {}

  static boolean isBehind(Exception fault) {
    return switch (fault) {
      case FailureException failed -> failed.failure().retry() == Retry.WHEN_BACK;
      case IOException _, UncheckedIOException _ -> true;
      case DataAccessResourceFailureException _,
          RecoverableDataAccessException _,
          TransientDataAccessException _ ->
          true;
      case CannotCreateTransactionException _, TransactionSystemException _ -> true;
      default -> false;
    };
  }

  /// How long it will last, where the fault tells.
  static @Nullable Duration retryAfter(Exception fault) {
    return fault instanceof FailureException failed ? failed.failure().retryAfter() : null;
  }
}
