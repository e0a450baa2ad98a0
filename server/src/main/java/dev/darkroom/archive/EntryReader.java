package dev.darkroom.archive;

import dev.darkroom.archive.EntryContent.Read;
import dev.darkroom.archive.EntryContent.Unreadable;
import dev.darkroom.archive.EntryFailure.BadChecksum;
import dev.darkroom.archive.EntryFailure.Corrupt;
import dev.darkroom.archive.EntryFailure.Empty;
import dev.darkroom.archive.EntryFailure.Encrypted;
import dev.darkroom.archive.EntryFailure.InflatesPastDeclared;
import dev.darkroom.archive.EntryFailure.MethodNotSupported;
import dev.darkroom.archive.EntryFailure.TooLarge;
import dev.darkroom.archive.EntryFailure.Truncated;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Reads single entries out of a run, straight into native memory: only the run's buffer of 64 KB
/// is on the heap.
///
/// The memory is what the directory declares, which may be a lie. It is bounded all the same: by
/// the limit for one entry, and by what the caller's [EntryArenas] lets out. Not safe for use by
/// several threads.
final class EntryReader implements AutoCloseable {

  static final int STORED = 0;
  private static final int DEFLATED = 8;

  private final RunStream run;
  private final ArchiveLimits limits;
  private final EntryArenas arenas;
  private final Inflater inflater = new Inflater(true);

  EntryReader(RunStream run, ArchiveLimits limits, EntryArenas arenas) {
    this.run = run;
    this.limits = limits;
    this.arenas = arenas;
  }

  /// Whatever comes of it, `run` then stands within the entry, ready to skip to a later one.
  EntryContent read(ArchiveEntry entry) {
    EntryFailure refusal = refusal(entry, limits);
    if (refusal != null) return new Unreadable(entry, refusal);
    run.skipTo(entry.headerOffset());
    EntryFailure disagreement = LocalHeader.pass(run, entry);
    if (disagreement != null) return new Unreadable(entry, disagreement);
    return readData(entry);
  }

  @Override
  public void close() {
    inflater.close();
  }

  /// Why the entry is not read whatever it holds; null where it is.
  static @Nullable EntryFailure refusal(ArchiveEntry entry, ArchiveLimits limits) {
    int allowed = limits.maxBytes(entry.kind());
    if (entry.encrypted()) return new Encrypted();
    if (entry.method() != STORED && entry.method() != DEFLATED) {
      return new MethodNotSupported(entry.method());
    }
    return entry.size() > allowed ? new TooLarge(entry.size(), allowed) : null;
  }

  private EntryContent readData(ArchiveEntry entry) {
    Arena arena = arenas.open(entry.size());
    boolean handedOver = false;
    try {
      MemorySegment bytes = arena.allocate(entry.size());
      EntryFailure failure = fill(bytes.asByteBuffer(), entry);
      if (failure == null) failure = check(bytes, entry);
      if (failure != null) return new Unreadable(entry, failure);
      handedOver = true;
      return new Read(entry, arena, bytes);
    } finally {
      if (!handedOver) arena.close();
    }
  }

  private @Nullable EntryFailure fill(ByteBuffer target, ArchiveEntry entry) {
    return entry.method() == STORED ? copy(target, entry) : inflate(target, entry);
  }

  private @Nullable EntryFailure copy(ByteBuffer target, ArchiveEntry entry) {
    if (entry.compressedSize() > entry.size()) return new InflatesPastDeclared(entry.size());
    for (long left = entry.compressedSize(); left > 0; ) {
      ByteBuffer some = run.some(left);
      left -= some.remaining();
      target.put(some);
    }
    return target.hasRemaining() ? new Truncated(target.position(), entry.size()) : null;
  }

  private @Nullable EntryFailure inflate(ByteBuffer target, ArchiveEntry entry) {
    inflater.reset();
    var beyond = ByteBuffer.allocate(1);
    long left = entry.compressedSize();
    try {
      while (!inflater.finished()) {
        if (inflater.needsInput() && left > 0) {
          ByteBuffer some = run.some(left);
          left -= some.remaining();
          inflater.setInput(some);
        }
        if (inflater.needsDictionary()) return new Corrupt(target.position());
        // The byte that does not fit any more is where a bomb ends.
        int count = inflater.inflate(target.hasRemaining() ? target : beyond);
        if (!beyond.hasRemaining()) return new InflatesPastDeclared(entry.size());
        if (count == 0 && left == 0 && !inflater.finished()) {
          return new Truncated(target.position(), entry.size());
        }
      }
    } catch (DataFormatException _) {
      return new Corrupt(inflater.getBytesWritten());
    }
    return target.hasRemaining() ? new Truncated(target.position(), entry.size()) : null;
  }

  private static @Nullable EntryFailure check(MemorySegment bytes, ArchiveEntry entry) {
    if (entry.size() == 0) return new Empty();
    var crc = new CRC32();
    crc.update(bytes.asByteBuffer());
    return crc.getValue() == entry.crc32() ? null : new BadChecksum(entry.crc32(), crc.getValue());
  }
}
