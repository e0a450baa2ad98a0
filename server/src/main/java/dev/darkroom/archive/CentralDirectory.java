package dev.darkroom.archive;

import dev.darkroom.archive.ArchiveFailure.DirectoryTooLarge;
import dev.darkroom.archive.ArchiveFailure.InflatesTooFar;
import dev.darkroom.archive.ArchiveFailure.NoImages;
import dev.darkroom.archive.ArchiveFailure.NotReadable;
import dev.darkroom.archive.ArchiveFailure.OverlappingEntries;
import dev.darkroom.archive.ArchiveFailure.TooManyEntries;
import dev.darkroom.archive.ArchiveFailure.TooManyImages;
import dev.darkroom.failure.FailureException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The entries of an archive in the order of its directory, vetted as a whole: within the limits,
/// none overlapping another. What they hold has not been looked at.
public record CentralDirectory(List<ArchiveEntry> entries) {

  public CentralDirectory {
    entries = List.copyOf(entries);
  }

  /// Reads the end of the archive, then its directory. The limits on the number of entries and on
  /// the directory's size hold before it is read, those on what it says after.
  public static CentralDirectory read(RangeSource source, ArchiveLimits limits) {
    DirectoryEnd end = DirectoryEnd.find(source);
    if (end.entries() > limits.maxEntries()) {
      throw new FailureException(new TooManyEntries(end.entries(), limits.maxEntries()));
    }
    if (end.size() > limits.maxDirectoryBytes()) {
      throw new FailureException(new DirectoryTooLarge(end.size(), limits.maxDirectoryBytes()));
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(end.size());
      source.read(end.start(), bytes);
      ByteBuffer directory = bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      return of(records(directory, end, limits), end);
    }
  }

  /// Refuses an archive without images, or with too many, duplicates too.
  public void requireImages(ArchiveLimits limits) {
    long images = entries.stream().filter(entry -> entry.kind() == EntryKind.IMAGE).count();
    if (images == 0) throw new FailureException(new NoImages());
    if (images > limits.maxImages()) {
      throw new FailureException(new TooManyImages(images, limits.maxImages()));
    }
  }

  /// The end record's number of entries is a claim, and wraps at 65 536: what counts is how many
  /// there are.
  private static List<DirectoryRecord> records(
      ByteBuffer directory, DirectoryEnd end, ArchiveLimits limits) {
    List<DirectoryRecord> records = new ArrayList<>();
    long inflated = 0;
    while (directory.hasRemaining()) {
      if (records.size() == limits.maxEntries()) {
        throw new FailureException(new TooManyEntries(records.size() + 1L, limits.maxEntries()));
      }
      DirectoryRecord entry = DirectoryRecord.next(directory);
      records.add(entry);
      if (entry.size() > limits.maxInflatedBytes() - inflated) {
        long found = Math.max(entry.size(), limits.maxInflatedBytes() + 1);
        throw new FailureException(new InflatesTooFar(found, limits.maxInflatedBytes()));
      }
      inflated += entry.size();
    }
    if (records.size() != end.entries()) {
      throw new FailureException(
          new NotReadable(
              "it claims %d entries and lists %d".formatted(end.entries(), records.size())));
    }
    return records;
  }

  private static CentralDirectory of(List<DirectoryRecord> records, DirectoryEnd end) {
    List<String> names = EntryName.decode(records);
    try {
      var extents = new EntryExtents(records, end);
      List<ArchiveEntry> entries = new ArrayList<>(records.size());
      for (int place = 0; place < records.size(); place++) {
        entries.add(entry(place, names.get(place), records.get(place), extents));
      }
      return new CentralDirectory(entries);
    } catch (EntryExtents.OverlapException overlap) {
      throw new FailureException(
          new OverlappingEntries(overlap.place, names.get(overlap.place)), overlap);
    }
  }

  private static ArchiveEntry entry(
      int place, String name, DirectoryRecord stored, EntryExtents extents) {
    return new ArchiveEntry(
        place,
        EntryKind.of(name, stored.unixMode()),
        name,
        stored.rawName().remaining(),
        ArchiveEntry.sha256(stored.rawName()),
        stored.flags(),
        stored.method(),
        stored.crc32(),
        stored.compressedSize(),
        stored.size(),
        extents.start(place),
        extents.limit(place));
  }
}
