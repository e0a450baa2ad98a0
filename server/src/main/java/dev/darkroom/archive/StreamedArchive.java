package dev.darkroom.archive;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// What is kept of an archive that was read once, from its front to its end, because its server
/// gives no ranges: its end with the directory, its texts, and what was found out about the
/// beginning of each entry. The rest was dropped as it came, and reads as zeros.
///
/// For one thread; closing it frees what is kept.
///
/// @param <T> what is found out about an entry
public final class StreamedArchive<T> implements RangeSource, AutoCloseable {

  private final Arena arena;
  private final ArchiveLimits limits;
  private final Map<Long, Seen<T>> seen;
  private final NavigableMap<Long, MemorySegment> parts;
  private final long tailStart;
  private final long length;

  /// Finds out about an entry by its first bytes.
  @FunctionalInterface
  public interface Judge<T> {

    /// Gives what is found out, which is kept until the directory has come.
    ///
    /// @param bytes inflated
    /// @param whole whether they are all that the entry inflates to
    T judge(MemorySegment bytes, boolean whole);
  }

  /// A place that looks like the beginning of an entry.
  ///
  /// @param header the local header, whole
  record Seen<T>(MemorySegment header, HeadFacts facts, T verdict) {}

  StreamedArchive(
      Arena arena,
      ArchiveLimits limits,
      Map<Long, Seen<T>> seen,
      NavigableMap<Long, MemorySegment> texts,
      ArchiveTail tail) {
    this.arena = arena;
    this.limits = limits;
    this.seen = seen;
    this.length = tail.length();
    NavigableMap<Long, MemorySegment> last = new TreeMap<>(tail.parts());
    this.tailStart = last.firstKey();
    this.parts = new TreeMap<>(texts.headMap(tailStart, false));
    this.parts.putAll(last);
  }

  /// What was found out about the entry, now that the directory says what it is. None where nothing
  /// that was seen is certain to be of it.
  ///
  /// @param refused what an entry comes to that cannot be read
  public Optional<T> verdict(ArchiveEntry entry, Function<EntryFailure, T> refused) {
    EntryFailure refusal = EntryReader.refusal(entry, limits);
    if (refusal != null) return Optional.of(refused.apply(refusal));
    Seen<T> place = seen.get(entry.headerOffset());
    if (place == null) return Optional.empty();
    byte[] bytes = place.header().toArray(JAVA_BYTE);
    var header = new RunStream(new ByteArrayInputStream(bytes), entry.headerOffset());
    EntryFailure failure = LocalHeader.pass(header, entry);
    if (failure == null && !place.facts().areOf(entry)) return Optional.empty();
    if (failure == null) failure = place.facts().failure(entry);
    return Optional.of(failure == null ? place.verdict() : refused.apply(failure));
  }

  /// Whether the entry was kept, to be read as from any source.
  public boolean holds(ArchiveEntry entry) {
    return entry.headerOffset() >= tailStart || parts.containsKey(entry.headerOffset());
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public InputStream open(long offset, long count) {
    Objects.checkFromIndexSize(offset, count, length);
    return new KeptParts(parts, offset, count);
  }

  @Override
  public void close() {
    arena.close();
  }
}
