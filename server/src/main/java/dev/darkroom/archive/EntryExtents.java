package dev.darkroom.archive;

import dev.darkroom.archive.ArchiveFailure.NotReadable;
import dev.darkroom.failure.FailureException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Where each entry of an archive begins, and where it must have ended: at the next entry, in the
/// order of their offsets, or at the directory. No two entries share a byte; a bomb that inflates
/// the same bytes over and over is refused before any of them is read.
///
/// The local header's extra field is not known yet: an entry counts with the least that it can take
/// up, and its reader checks the rest against the limit.
final class EntryExtents {

  private static final long WRAP = 1L << 32;

  private final long[] starts;
  private final long[] limits;

  /// @throws OverlapException with the place of the first entry, by offset, that overlaps
  EntryExtents(List<DirectoryRecord> records, DirectoryEnd end) throws OverlapException {
    starts = starts(records, end);
    limits = new long[starts.length];
    List<Integer> byOffset =
        IntStream.range(0, starts.length)
            .boxed()
            .sorted(Comparator.comparingLong(place -> starts[place]))
            .toList();
    long limit = end.start();
    for (int place : byOffset.reversed()) {
      DirectoryRecord entry = records.get(place);
      long least = (long) LocalHeader.BYTES + entry.rawName().remaining();
      if (starts[place] > end.start() - least
          || entry.compressedSize() > end.start() - least - starts[place]) {
        throw new FailureException(new NotReadable("an entry lies outside of it"));
      }
      if (starts[place] + least + entry.compressedSize() > limit) {
        throw new OverlapException(place);
      }
      limits[place] = limit;
      limit = starts[place];
    }
  }

  long start(int place) {
    return starts[place];
  }

  long limit(int place) {
    return limits[place];
  }

  private static long[] starts(List<DirectoryRecord> records, DirectoryEnd end) {
    long[] stated = records.stream().mapToLong(DirectoryRecord::headerOffset).toArray();
    if (!end.zip64() && end.shift() > 0 && end.shift() % WRAP == 0) {
      long[] unwrapped = unwrapped(stated);
      if (unwrapped.length > 0 && unwrapped[unwrapped.length - 1] / WRAP == end.shift() / WRAP) {
        return unwrapped;
      }
    }
    return Arrays.stream(stated).map(offset -> offset + end.shift()).toArray();
  }

  /// The macOS Archive Utility wrote archives over 4 GiB without ZIP64: offsets in ascending order
  /// that begin again at 0 each time 32 bits are full.
  private static long[] unwrapped(long[] stated) {
    long[] offsets = new long[stated.length];
    long base = 0;
    for (int i = 0; i < stated.length; i++) {
      if (i > 0 && stated[i] < stated[i - 1]) base += WRAP;
      offsets[i] = stated[i] + base;
    }
    return offsets;
  }

  /// Two entries, or an entry and the directory, share bytes.
  static final class OverlapException extends Exception {
    final int place;

    OverlapException(int place) {
      super("entry " + place + " overlaps");
      this.place = place;
    }
  }
}
