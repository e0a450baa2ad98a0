package dev.darkroom.planning;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.planning.Plan.ImageToRead;
import dev.darkroom.sidecar.ProvidedCaption.InFile;
import org.jspecify.annotations.Nullable;

/// An image that a chunk is to read, and what the archive holds as its caption.
///
/// @param captionFile the text that holds it; null where none does
/// @param caption the caption itself where a metadata file gave it to the plan; else null
public record PlannedImage(
    ArchiveEntry entry, @Nullable ArchiveEntry captionFile, @Nullable String caption) {

  public int ordinal() {
    return entry.ordinal();
  }

  /// Without a caption that the plan has read already: nothing but its text is to be known of it.
  public static PlannedImage of(ImageToRead image) {
    ArchiveEntry file = image.caption() instanceof InFile(var text) ? text : null;
    return new PlannedImage(image.entry(), file, null);
  }
}
