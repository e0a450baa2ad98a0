package dev.darkroom.planning;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.EntryContent;
import dev.darkroom.archive.EntryFailure;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.sidecar.CaptionFailure.CaptionBlank;
import dev.darkroom.sidecar.CaptionFailure.CaptionUnreadable;
import dev.darkroom.sidecar.CaptionText;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The captions that a chunk's text files give to its images. For one thread.
public final class ChunkCaptions {

  private final Map<Integer, String> texts = new HashMap<>();
  private final Map<Integer, Failure> failures = new HashMap<>();

  /// Takes what was read of a text file, and closes it.
  public void add(EntryContent content) {
    switch (content) {
      case EntryContent.Unreadable(var entry, var failure) -> addUnreadable(entry, failure);
      case EntryContent.Read file -> {
        try (file) {
          addRead(file.entry(), file.bytes());
        }
      }
    }
  }

  /// Takes all bytes of a text file, which stay the caller's.
  public void addRead(ArchiveEntry file, MemorySegment bytes) {
    try {
      texts.put(file.ordinal(), CaptionText.read(file.name(), bytes));
    } catch (FailureException bad) {
      failures.put(file.ordinal(), bad.failure());
    }
  }

  /// Takes note of a text file that cannot be read.
  public void addUnreadable(ArchiveEntry file, EntryFailure failure) {
    failures.put(
        file.ordinal(),
        failure instanceof EntryFailure.Empty
            ? new CaptionBlank(file.name())
            : new CaptionUnreadable(file.name(), failure.message()));
  }

  /// Whether all is read that gives the image its caption.
  public boolean complete(PlannedImage image) {
    ArchiveEntry file = image.captionFile();
    return file == null
        || texts.containsKey(file.ordinal())
        || failures.containsKey(file.ordinal());
  }

  /// The image's caption; null where it has none.
  public @Nullable String of(PlannedImage image) {
    ArchiveEntry file = image.captionFile();
    return file == null ? image.caption() : texts.get(file.ordinal());
  }

  /// Why the image fails for its caption; null where it does not. A blank text reads as none, so it
  /// fails nothing where captions are generated.
  public @Nullable Failure failureOf(PlannedImage image, boolean automaticCaptioning) {
    ArchiveEntry file = image.captionFile();
    if (file == null) return null;
    Failure failure = failures.get(file.ordinal());
    return failure instanceof CaptionBlank && automaticCaptioning ? null : failure;
  }
}
