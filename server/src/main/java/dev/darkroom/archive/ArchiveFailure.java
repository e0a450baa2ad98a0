package dev.darkroom.archive;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why an archive as a whole cannot be read.
public sealed interface ArchiveFailure extends Failure
    permits SourceFailure,
        ArchiveFailure.OverLimit,
        ArchiveFailure.Passing,
        ArchiveFailure.NotReadable,
        ArchiveFailure.MultiDisk,
        ArchiveFailure.OverlappingEntries,
        ArchiveFailure.NoImages,
        ArchiveFailure.Changed,
        ArchiveFailure.NotAZip,
        ArchiveFailure.CopyMissing {

  /// What most of them are: something is wrong with the archive.
  @Override
  default int status() {
    return 422;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// The same failure, which tells how many images had been read before it, where that helps.
  default ArchiveFailure after(int images, int total) {
    return this;
  }

  /// A failure in which a limit was passed.
  sealed interface OverLimit extends ArchiveFailure {

    long found();

    long allowed();

    @Override
    default int status() {
      return 413;
    }

    @Override
    default Long limit() {
      return allowed();
    }

    @Override
    default Long actual() {
      return found();
    }
  }

  /// A failure of ours, which waits until it has passed.
  sealed interface Passing extends ArchiveFailure {

    @Override
    default int status() {
      return 503;
    }

    @Override
    default Retry retry() {
      return Retry.LATER;
    }
  }

  /// The archive itself is too large.
  ///
  /// @param found the length that the server told, or the byte at which reading stopped
  record ZipTooLarge(long found, long allowed) implements OverLimit {
    @Override
    public String type() {
      return "archive.too-large";
    }

    @Override
    public String message() {
      return "The ZIP has %s bytes or more; at most %s are taken: split it into several uploads."
          .formatted(grouped(found), grouped(allowed));
    }
  }

  record TooManyEntries(long found, long allowed) implements OverLimit {
    @Override
    public String type() {
      return "archive.too-many-entries";
    }

    @Override
    public String message() {
      return "The ZIP has %s entries or more; at most %s are taken: split it into several uploads."
          .formatted(grouped(found), grouped(allowed));
    }
  }

  record TooManyImages(long found, long allowed) implements OverLimit {
    @Override
    public String type() {
      return "archive.too-many-images";
    }

    @Override
    public String message() {
      return "The ZIP has %s images; at most %s are taken: split it into several uploads."
          .formatted(grouped(found), grouped(allowed));
    }
  }

  record DirectoryTooLarge(long found, long allowed) implements OverLimit {
    @Override
    public String type() {
      return "archive.directory-too-large";
    }

    @Override
    public String message() {
      return "The ZIP's directory has %s bytes; at most %s are read: shorten names and comments."
          .formatted(grouped(found), grouped(allowed));
    }
  }

  record InflatesTooFar(long found, long allowed) implements OverLimit {
    @Override
    public String type() {
      return "archive.inflates-too-far";
    }

    @Override
    public String message() {
      return "The ZIP's entries inflate to %s bytes or more; at most %s are taken: split it."
          .formatted(grouped(found), grouped(allowed));
    }
  }

  /// There is no ZIP in it that could be read.
  ///
  /// @param detail what is wrong, as the rest of a sentence: "its directory is cut short"
  record NotReadable(String detail) implements ArchiveFailure {
    @Override
    public String type() {
      return "archive.not-readable";
    }

    @Override
    public String message() {
      return "This is not a readable ZIP: " + detail + ". Make the archive again.";
    }
  }

  record MultiDisk() implements ArchiveFailure {
    @Override
    public String type() {
      return "archive.multi-disk";
    }

    @Override
    public String message() {
      return "The ZIP is one part of an archive in several parts; join the parts into one ZIP.";
    }
  }

  /// Two entries share bytes, or one shares some with the directory.
  ///
  /// @param place of the entry in the directory, from 0
  record OverlappingEntries(int place, String name) implements ArchiveFailure {
    @Override
    public String type() {
      return "archive.overlapping-entries";
    }

    @Override
    public String message() {
      return "Entry %d of the ZIP (%s) shares bytes with the next or with the directory, as only a bomb or a damaged archive does."
          .formatted(place, name);
    }
  }

  record NoImages() implements ArchiveFailure {
    @Override
    public String type() {
      return "archive.no-images";
    }

    @Override
    public String message() {
      return "The ZIP holds no image; put jpg, png or webp files into it.";
    }
  }

  record Changed() implements ArchiveFailure {
    @Override
    public String type() {
      return "archive.changed";
    }

    @Override
    public String message() {
      return "The ZIP was replaced by another while it was read; leave it untouched until the upload ends.";
    }
  }

  /// What the URL gave is plainly something else.
  ///
  /// @param mediaType as the server called it
  /// @param size in bytes, where the server told it
  record NotAZip(@Nullable String mediaType, @Nullable Long size) implements ArchiveFailure {
    @Override
    public String type() {
      return "archive.not-a-zip";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "The URL gave %s in place of a ZIP, such as a sign-in page or Google Drive's confirmation page; give a link that downloads the file itself."
          .formatted(found());
    }

    /// What it is instead: `text/html (92,160 bytes)`.
    String found() {
      String bytes = size == null ? "" : " (%s bytes)".formatted(grouped(size));
      return (mediaType == null ? "text" : mediaType) + bytes;
    }
  }

  /// This node stops, or the reading was called off; nothing is wrong with the archive.
  record ReadingInterrupted() implements Passing {
    @Override
    public String type() {
      return "archive.reading-interrupted";
    }

    @Override
    public String message() {
      return "Reading the ZIP was interrupted; it goes on by itself.";
    }
  }

  /// The object store does not give its copy of the archive at present.
  record StoreUnavailable() implements Passing {
    @Override
    public String type() {
      return "archive.store-unavailable";
    }

    @Override
    public Retry retry() {
      return Retry.WHEN_BACK;
    }

    @Override
    public String message() {
      return "The object store does not answer; the upload goes on when it does.";
    }
  }

  /// The copy of the archive that was to be read is not in the object store.
  record CopyMissing() implements ArchiveFailure {
    @Override
    public String type() {
      return "archive.copy-missing";
    }

    @Override
    public int status() {
      return 500;
    }

    @Override
    public String message() {
      return "The stored copy of the ZIP is gone; clone the dataset and upload again.";
    }
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
