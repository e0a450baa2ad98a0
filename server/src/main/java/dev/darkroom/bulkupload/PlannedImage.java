package dev.darkroom.bulkupload;

import dev.darkroom.archive.ArchiveEntry;
import org.jspecify.annotations.Nullable;

/// An image that a chunk is to read, and what the archive holds as its caption.
///
/// @param captionFile the text that holds it; null where none does
/// @param caption the caption itself where a metadata file gave it to the plan; else null
record PlannedImage(
    ArchiveEntry entry, @Nullable ArchiveEntry captionFile, @Nullable String caption) {

  int ordinal() {
    return entry.ordinal();
  }
}
