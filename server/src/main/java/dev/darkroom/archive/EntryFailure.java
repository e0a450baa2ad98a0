package dev.darkroom.archive;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.util.Locale;

/// Why one entry of an archive cannot be read; the others still can.
public sealed interface EntryFailure extends Failure {

  @Override
  default int status() {
    return 422;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// Larger than one entry may be.
  record TooLarge(long declared, long allowed) implements EntryFailure {
    @Override
    public String type() {
      return "entry.too-large";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "The entry has %s bytes when inflated; at most %s are read."
          .formatted(grouped(declared), grouped(allowed));
    }

    @Override
    public Long limit() {
      return allowed;
    }

    @Override
    public Long actual() {
      return declared;
    }
  }

  /// Inflates past the size that the archive declares for it.
  record InflatesPastDeclared(long declared) implements EntryFailure {
    @Override
    public String type() {
      return "entry.inflates-past-declared";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "The entry declares %s bytes and inflates to more.".formatted(grouped(declared));
    }

    @Override
    public Long limit() {
      return declared;
    }

    @Override
    public Long actual() {
      return declared + 1;
    }
  }

  record Encrypted() implements EntryFailure {
    @Override
    public String type() {
      return "entry.encrypted";
    }

    @Override
    public int status() {
      return 415;
    }

    @Override
    public String message() {
      return "The entry is encrypted; make the ZIP without a password.";
    }
  }

  /// Compressed in a way that is not read.
  ///
  /// @param method as numbered in APPNOTE 4.4.5
  record MethodNotSupported(int method) implements EntryFailure {
    @Override
    public String type() {
      return "entry.method-not-supported";
    }

    @Override
    public int status() {
      return 415;
    }

    @Override
    public String message() {
      return "The entry is compressed by %s; only stored and deflated entries are read."
          .formatted(nameOf(method));
    }

    private static String nameOf(int method) {
      return switch (method) {
        case 9 -> "Deflate64 (method 9)";
        case 12 -> "bzip2 (method 12)";
        case 14 -> "LZMA (method 14)";
        case 93 -> "Zstandard (method 93)";
        case 95 -> "xz (method 95)";
        default -> "method " + method;
      };
    }
  }

  record Empty() implements EntryFailure {
    @Override
    public String type() {
      return "entry.empty";
    }

    @Override
    public String message() {
      return "The entry is empty.";
    }
  }

  record Truncated(long found, long declared) implements EntryFailure {
    @Override
    public String type() {
      return "entry.truncated";
    }

    @Override
    public String message() {
      return "The entry declares %s bytes and ends after %s."
          .formatted(grouped(declared), grouped(found));
    }
  }

  /// What is stored cannot be inflated.
  ///
  /// @param position how many bytes were inflated before the damage
  record Corrupt(long position) implements EntryFailure {
    @Override
    public String type() {
      return "entry.corrupt";
    }

    @Override
    public String message() {
      return "The entry's compressed data is damaged after %s bytes.".formatted(grouped(position));
    }
  }

  record BadChecksum(long expected, long found) implements EntryFailure {
    @Override
    public String type() {
      return "entry.bad-checksum";
    }

    @Override
    public String message() {
      return "The entry's bytes are damaged: their CRC-32 is %08x, the archive says %08x."
          .formatted(found, expected);
    }
  }

  /// The local header is not what the directory says it is.
  ///
  /// @param field what differs, as the subject of a sentence
  record LocalHeaderDisagrees(String field) implements EntryFailure {
    @Override
    public String type() {
      return "entry.local-header-disagrees";
    }

    @Override
    public String message() {
      return "The entry's own header disagrees with the archive's directory about its "
          + field
          + ".";
    }
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
