package dev.darkroom.archive;

import java.lang.foreign.MemorySegment;

/// What came of reading the beginning of one entry.
public sealed interface EntryHead {

  ArchiveEntry entry();

  /// The first bytes of the entry, inflated.
  ///
  /// @param whole whether they are all of its bytes, as long as declared, with the right checksum
  record Begun(ArchiveEntry entry, MemorySegment bytes, boolean whole) implements EntryHead {}

  /// The entry cannot be read, whatever comes behind its beginning.
  record Unreadable(ArchiveEntry entry, EntryFailure failure) implements EntryHead {}

  /// So little was read of the entry that nothing can be said of it.
  record Unread(ArchiveEntry entry) implements EntryHead {}
}
