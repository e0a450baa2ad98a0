package dev.darkroom.archive;

import dev.darkroom.archive.EntryHead.Begun;
import dev.darkroom.archive.EntryHead.Unread;
import dev.darkroom.archive.EntryHead.Unreadable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// Reads the beginnings of chosen entries of an archive; those of neighbours in one read. Safe for
/// use by many threads at once.
///
/// An entry that takes up no more than [#MAX_BYTES] is read to its end. Of a larger one only so
/// much is read at first as tells nearly always what it is; both reaches together are [#MAX_BYTES].
public final class EntryHeads {

  /// How much is read of one entry, and how far that is inflated.
  public static final int MAX_BYTES = 256 << 10;

  /// How far into a large entry is read.
  public enum Reach {
    /// Each of 22 photographs of 260 KB to 1.7 MB tells its size by then.
    FIRST(32 << 10),
    /// Three full segments of metadata before the picture of a JPEG.
    FURTHEST(224 << 10);

    private final int bytes;

    Reach(int bytes) {
      this.bytes = bytes;
    }
  }

  /// No more than this is read in vain between two entries, so that reading them together never
  /// costs more than [#MAX_BYTES] for each.
  private static final long MAX_GAP = 32 << 10;

  private final RangeSource source;
  private final ArchiveLimits limits;

  public EntryHeads(RangeSource source, ArchiveLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  /// Gives the beginning of each of `wanted` to `consumer`, in the order of their offsets. A fault
  /// of the source ends the reading with its `FailureException`.
  public void read(List<ArchiveEntry> wanted, Reach reach, Consumer<EntryHead> consumer) {
    List<ArchiveEntry> readable = new ArrayList<>();
    for (ArchiveEntry entry : wanted) {
      var refusal = EntryReader.refusal(entry, limits);
      if (refusal == null) readable.add(entry);
      else consumer.accept(new Unreadable(entry, refusal));
    }
    for (List<ArchiveEntry> run : runs(readable, reach)) {
      long end = end(run.getLast(), reach);
      try (var stream = new RunStream(source, run.getFirst().headerOffset(), end)) {
        for (ArchiveEntry entry : run) consumer.accept(read(stream, entry, end(entry, reach)));
      }
    }
  }

  private static EntryHead read(RunStream run, ArchiveEntry entry, long end) {
    run.skipTo(entry.headerOffset());
    boolean whole = end == entry.endOffset();
    int header = LocalHeader.length(run.peek(LocalHeader.BYTES));
    if (!whole && entry.headerOffset() + header > end) return new Unread(entry);
    EntryFailure disagreement = LocalHeader.pass(run, entry);
    if (disagreement != null) return new Unreadable(entry, disagreement);
    int reach = (int) Math.min(end - run.offset(), MAX_BYTES);
    return head(entry, HeadData.read(run, entry.method(), entry.compressedSize(), reach));
  }

  private static EntryHead head(ArchiveEntry entry, HeadData data) {
    EntryFailure failure = data.facts().failure(entry);
    return failure == null
        ? new Begun(entry, data.bytes(), data.whole())
        : new Unreadable(entry, failure);
  }

  private static List<List<ArchiveEntry>> runs(List<ArchiveEntry> wanted, Reach reach) {
    List<List<ArchiveEntry>> runs = new ArrayList<>();
    long end = Long.MIN_VALUE;
    for (ArchiveEntry entry : sorted(wanted)) {
      if (runs.isEmpty() || entry.headerOffset() - end > MAX_GAP) runs.add(new ArrayList<>());
      runs.getLast().add(entry);
      end = end(entry, reach);
    }
    return runs;
  }

  private static List<ArchiveEntry> sorted(List<ArchiveEntry> entries) {
    return entries.stream().sorted(Comparator.comparingLong(ArchiveEntry::headerOffset)).toList();
  }

  private static long end(ArchiveEntry entry, Reach reach) {
    long end = entry.endOffset();
    return end - entry.headerOffset() <= MAX_BYTES ? end : entry.headerOffset() + reach.bytes;
  }
}
