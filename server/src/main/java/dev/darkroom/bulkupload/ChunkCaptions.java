package dev.darkroom.bulkupload;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.EntryContent;
import dev.darkroom.archive.EntryFailure;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.sidecar.CaptionFailure.CaptionBlank;
import dev.darkroom.sidecar.CaptionFailure.CaptionUnreadable;
import dev.darkroom.sidecar.CaptionText;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The captions that a chunk's text files give to its images. For one thread.
final class ChunkCaptions {

  private final Map<Integer, String> texts = new HashMap<>();
  private final Map<Integer, Failure> failures = new HashMap<>();

  /// Takes what was read of a text file, and closes it.
  void add(EntryContent content) {
    ArchiveEntry entry = content.entry();
    switch (content) {
      case EntryContent.Unreadable(_, EntryFailure.Empty _) ->
          failures.put(entry.ordinal(), new CaptionBlank(entry.name()));
      case EntryContent.Unreadable(_, var failure) ->
          failures.put(entry.ordinal(), new CaptionUnreadable(entry.name(), failure.message()));
      case EntryContent.Read file -> {
        try (file) {
          texts.put(entry.ordinal(), CaptionText.read(entry.name(), file.bytes()));
        } catch (FailureException bad) {
          failures.put(entry.ordinal(), bad.failure());
        }
      }
    }
  }

  /// Whether all is read that gives the image its caption.
  boolean complete(PlannedImage image) {
    ArchiveEntry file = image.captionFile();
    return file == null
        || texts.containsKey(file.ordinal())
        || failures.containsKey(file.ordinal());
  }

  /// The image's caption; null where it has none.
  @Nullable String of(PlannedImage image) {
    ArchiveEntry file = image.captionFile();
    return file == null ? image.caption() : texts.get(file.ordinal());
  }

  /// Why the image fails for its caption; null where it does not. A blank text reads as none, so it
  /// fails nothing where captions are generated.
  @Nullable Failure failureOf(PlannedImage image, boolean automaticCaptioning) {
    ArchiveEntry file = image.captionFile();
    if (file == null) return null;
    Failure failure = failures.get(file.ordinal());
    return failure instanceof CaptionBlank && automaticCaptioning ? null : failure;
  }
}
