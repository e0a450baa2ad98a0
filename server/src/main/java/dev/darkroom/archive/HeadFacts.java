package dev.darkroom.archive;

import dev.darkroom.archive.EntryFailure.BadChecksum;
import dev.darkroom.archive.EntryFailure.Corrupt;
import dev.darkroom.archive.EntryFailure.Empty;
import dev.darkroom.archive.EntryFailure.InflatesPastDeclared;
import dev.darkroom.archive.EntryFailure.Truncated;
import org.jspecify.annotations.Nullable;

/// What the beginning of an entry's data tells of the entry, by the rules of [EntryReader] and in
/// their order.
///
/// @param method by which it was inflated
/// @param length in bytes, inflated
/// @param crc32 of those bytes
/// @param consumed how many bytes of the data that took
record HeadFacts(int method, long length, long crc32, long consumed, End end) {

  /// Why there is no more of it.
  enum End {
    /// The data ends there.
    REACHED,
    /// No more was to be looked at.
    CUT,
    /// The data ends before what is deflated in it does.
    BROKEN_OFF,
    DAMAGED
  }

  /// Whether this was read of no other bytes than the entry's own: its size may not have been known
  /// then.
  boolean areOf(ArchiveEntry entry) {
    boolean wholeData = end == End.BROKEN_OFF || (end == End.REACHED && stored());
    return wholeData ? consumed == entry.compressedSize() : consumed <= entry.compressedSize();
  }

  /// Why the entry cannot be read, whatever comes behind; null where nothing of that is known.
  @Nullable EntryFailure failure(ArchiveEntry entry) {
    long size = entry.size();
    if (stored() && entry.compressedSize() != size) {
      return entry.compressedSize() > size
          ? new InflatesPastDeclared(size)
          : new Truncated(entry.compressedSize(), size);
    }
    if (length > size) return new InflatesPastDeclared(size);
    return switch (end) {
      case CUT -> null;
      case BROKEN_OFF -> new Truncated(length, size);
      case DAMAGED -> new Corrupt(length);
      case REACHED -> failureOfWhole(entry);
    };
  }

  private @Nullable EntryFailure failureOfWhole(ArchiveEntry entry) {
    if (length < entry.size()) return new Truncated(length, entry.size());
    if (entry.size() == 0) return new Empty();
    return crc32 == entry.crc32() ? null : new BadChecksum(entry.crc32(), crc32);
  }

  private boolean stored() {
    return method == EntryReader.STORED;
  }
}
