package dev.darkroom.archive;

import dev.darkroom.archive.ArchiveFailure.NotAZip;
import dev.darkroom.archive.ArchiveFailure.NotReadable;
import dev.darkroom.archive.SourceFailure.ConnectionLost;
import dev.darkroom.archive.SourceFailure.SourceRefused;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import dev.darkroom.fetch.FetchFailure.BadStatus;
import dev.darkroom.fetch.FetchFailure.TimedOut;
import dev.darkroom.fetch.FetchFailure.Unreachable;

/// What a failed fetch means to an upload that was accepted: the client's URL was right once.
final class SourceFault {

  private SourceFault() {}

  static ArchiveFailure of(Failure failure) {
    if (failure instanceof NotAZip other)
      return new NotReadable("the URL now gives " + other.found());
    if (failure instanceof ArchiveFailure known) return known;
    String detail =
        switch (failure) {
          case BadStatus answer -> "it answered " + answer.code();
          case TimedOut silent -> "it sent nothing for " + silent.waited().toSeconds() + " s";
          case Unreachable _ -> "it cannot be reached";
          default ->
              failure.retry() == Retry.LATER
                  ? "the connection broke"
                  : "it no longer answers as a server of files does";
        };
    return failure.retry() == Retry.LATER
        ? new ConnectionLost(detail, failure.retryAfter())
        : new SourceRefused(detail);
  }
}
