package dev.darkroom.archive;

import dev.darkroom.failure.Retry;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
  /// @param retryAfter the pause that the source asked for last, where it did
  record ConnectionLost(String detail, @Nullable Duration retryAfter) implements SourceFailure {

    ConnectionLost(String detail) {
      this(detail, null);
    }

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
  /// @param entry the name of the entry at which it was; null before there were any
  /// @param read how many images were read before, as the rest of a sentence; null where nobody
  ///   counted
  record SourceRefused(String detail, @Nullable String entry, @Nullable String read)
      implements SourceFailure {

    /// Most paths fit.
    private static final int MAX_NAME = 100;

    SourceRefused(String detail) {
      this(detail, null, null);
    }

    /// The same at an entry, of whose name the end is shown, where it is long.
    SourceRefused at(String name) {
      int length = name.codePointCount(0, name.length());
      int from = name.offsetByCodePoints(0, Math.max(0, length - MAX_NAME));
      return new SourceRefused(detail, (from == 0 ? "" : "…") + name.substring(from), read);
    }

    @Override
    public SourceRefused after(int images, int total) {
      return new SourceRefused(
          detail, entry, String.format(Locale.ROOT, "%,d of %,d images", images, total));
    }

    @Override
    public String type() {
      return "archive.source-refused";
    }

    @Override
    public String message() {
      return "The server that holds the ZIP no longer gives it: %s%s%s. A signed URL must stay valid until all of the ZIP is read."
          .formatted(
              detail,
              entry == null ? "" : " at the entry " + entry,
              read == null ? "" : ", after " + read + " were read");
    }
  }
}
