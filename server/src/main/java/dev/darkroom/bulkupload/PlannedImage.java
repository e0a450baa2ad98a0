package dev.darkroom.bulkupload;

import dev.darkroom.archive.ArchiveEntry;
import org.jspecify.annotations.Nullable;

/// An image that a chunk is to read, and the text that holds its caption, where it has one.
record PlannedImage(ArchiveEntry entry, @Nullable ArchiveEntry caption) {

  int ordinal() {
    return entry.ordinal();
  }
}
