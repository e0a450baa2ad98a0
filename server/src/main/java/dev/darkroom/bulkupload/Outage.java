package dev.darkroom.bulkupload;

import dev.darkroom.archive.ArchiveFailure.StoreUnavailable;
import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/// Tells the faults of what this server stands on from all others: its database or store is out, or
/// it cannot start a decoder. They say nothing of the upload, which waits for their end.
final class Outage {

  private Outage() {}

  static boolean isBehind(Exception fault) {
    return switch (fault) {
      case FailureException failed -> failed.failure() instanceof StoreUnavailable;
      case IOException _, UncheckedIOException _ -> true;
      case DataAccessResourceFailureException _,
          RecoverableDataAccessException _,
          TransientDataAccessException _ ->
          true;
      case CannotCreateTransactionException _, TransactionSystemException _ -> true;
      default -> false;
    };
  }
}
