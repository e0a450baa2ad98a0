package dev.darkroom.archive;

import dev.darkroom.failure.Retry;

/// What the server that holds an archive does no longer, after the upload was accepted.
sealed interface SourceFailure extends ArchiveFailure {

  @Override
  default int status() {
    return 424;
  }

  /// The server gives the whole archive only: it has to be stored first.
  record RangeNotSupported() implements SourceFailure {
    @Override
    public String type() {
      return "archive.range-not-supported";
    }

    @Override
    public String message() {
      return "The server that holds the ZIP no longer answers requests for parts of it; serve it from one that does.";
    }
  }

  /// The source stopped answering, and stayed so through the retries.
  ///
  /// @param detail what happened last, as the rest of a sentence, without the URL
  record ConnectionLost(String detail) implements SourceFailure {
    @Override
    public String type() {
      return "archive.connection-lost";
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }

    @Override
    public String message() {
      return "The server that holds the ZIP stopped answering: %s. Check it, then upload again."
          .formatted(detail);
    }
  }

  /// The source still answers, but gives the archive no longer.
  ///
  /// @param detail what it does instead, as the rest of a sentence, without the URL
  record SourceRefused(String detail) implements SourceFailure {
    @Override
    public String type() {
      return "archive.source-refused";
    }

    @Override
    public String message() {
      return "The server that holds the ZIP no longer gives it: %s. A signed URL must stay valid until the upload ends."
          .formatted(detail);
    }
  }
}
