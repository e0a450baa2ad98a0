package dev.darkroom.archive;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What came of reading one entry.
public sealed interface EntryContent {

  ArchiveEntry entry();

  /// All bytes of the entry, as long as declared, with the right checksum. Whoever is given it
  /// closes it: the memory ends with its arena.
  record Read(ArchiveEntry entry, Arena arena, MemorySegment bytes)
      implements EntryContent, AutoCloseable {
    @Override
    public void close() {
      arena.close();
    }
  }

  /// The entry cannot be read; the others are not touched by that.
  record Unreadable(ArchiveEntry entry, EntryFailure failure) implements EntryContent {}
}
