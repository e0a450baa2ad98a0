package dev.darkroom.archive;

import static java.lang.Integer.toUnsignedLong;
import static java.lang.Short.toUnsignedInt;

import dev.darkroom.archive.ArchiveFailure.ReadingInterrupted;
import dev.darkroom.archive.HeadFacts.End;
import dev.darkroom.archive.StreamedArchive.Judge;
import dev.darkroom.archive.StreamedArchive.Seen;
import dev.darkroom.failure.FailureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Goes through an archive from its front, before its directory is known, and looks at every place
/// that looks like the beginning of an entry. Where one tells its length, it goes on behind it; so
/// much may be a lie, and what it has passed over then was not seen. For one thread, once.
final class ArchiveScan<T> {

  /// Twice what is looked at, so that little is moved.
  private static final int WINDOW_BYTES = 2 * EntryHeads.MAX_BYTES;

  /// Longer headers are passed over: they are kept until the directory comes, and there may be 20
  /// 000 of them. The longest name that is shown fits, and so do the extra fields in use.
  private static final int MAX_HEADER_BYTES = 4 << 10;

  private final InputStream source;
  private final ArchiveTail tail;
  private final ArchiveLimits limits;
  private final Judge<T> judge;
  private final LongConsumer progress;
  private final Map<Long, Seen<T>> seen = new HashMap<>();
  private final TreeMap<Long, MemorySegment> texts = new TreeMap<>();
  private final byte[] window = new byte[WINDOW_BYTES];
  private long textBytes;
  private int from;
  private int to;
  private long offset;

  /// @param progress is told how many bytes have come
  ArchiveScan(
      InputStream source,
      ArchiveTail tail,
      ArchiveLimits limits,
      Judge<T> judge,
      LongConsumer progress) {
    this.source = source;
    this.tail = tail;
    this.limits = limits;
    this.judge = judge;
    this.progress = progress;
  }

  void run() throws IOException {
    fill();
    while (to - from >= LocalHeader.BYTES) {
      if (isSignature(from)) entry();
      else skip(distanceToSignature(), null);
    }
    skip(to - from, null);
  }

  StreamedArchive<T> kept(Arena arena) {
    return new StreamedArchive<>(arena, limits, seen, texts, tail);
  }

  private void entry() throws IOException {
    ByteBuffer header =
        ByteBuffer.wrap(window, from, to - from).slice().order(ByteOrder.LITTLE_ENDIAN);
    int headerBytes = LocalHeader.length(header);
    if (headerBytes > Math.min(MAX_HEADER_BYTES, to - from) || seen.size() == limits.maxEntries()) {
      skip(Integer.BYTES, null);
      return;
    }
    boolean told = !ArchiveEntry.hasDescriptor(toUnsignedInt(header.getShort(6)));
    long compressedSize = told ? compressedSize(header, headerBytes) : Long.MAX_VALUE;
    var data = data(toUnsignedInt(header.getShort(8)), headerBytes, compressedSize);
    seen.put(
        offset,
        new Seen<>(
            MemorySegment.ofArray(Arrays.copyOfRange(window, from, from + headerBytes)),
            data.facts(),
            judge.judge(data.bytes(), data.whole())));
    long length = headerBytes + (told ? compressedSize : lengthOf(data.facts()));
    if (isText(header) && length <= limits.maxMetadataBytes() - textBytes) keep((int) length);
    else skip(length, null);
  }

  private static long compressedSize(ByteBuffer header, int headerBytes) {
    int extraLength = toUnsignedInt(header.getShort(28));
    ByteBuffer extra = header.slice(headerBytes - extraLength, extraLength);
    ByteBuffer zip64 = ExtraField.find(extra, ExtraField.ZIP64);
    // In the order in which they stand there, each where 32 bits are too few (APPNOTE 4.5.3).
    var _ = ExtraField.wide(toUnsignedLong(header.getInt(22)), zip64);
    long size = ExtraField.wide(toUnsignedLong(header.getInt(18)), zip64);
    return Math.clamp(size, 0, Long.MAX_VALUE / 2);
  }

  private HeadData data(int method, int headerBytes, long compressedSize) {
    int available = Math.min(to - from, EntryHeads.MAX_BYTES) - headerBytes;
    var bytes = new ByteArrayInputStream(window, from + headerBytes, available);
    return HeadData.read(new RunStream(bytes, 0), method, compressedSize, available);
  }

  /// Where the header does not tell it, only deflated data has an end of its own.
  private static long lengthOf(HeadFacts facts) {
    return facts.end() == End.REACHED ? facts.consumed() : 0;
  }

  private static boolean isText(ByteBuffer header) {
    byte[] name = new byte[toUnsignedInt(header.getShort(26))];
    header.get(LocalHeader.BYTES, name);
    return EntryKind.of(new String(name, StandardCharsets.ISO_8859_1), 0) == EntryKind.TEXT;
  }

  private void keep(int length) throws IOException {
    long start = offset;
    byte[] text = new byte[length];
    skip(length, text);
    texts.put(start, MemorySegment.ofArray(text));
    textBytes += length;
  }

  private boolean isSignature(int at) {
    return window[at] == 'P' && window[at + 1] == 'K' && window[at + 2] == 3 && window[at + 3] == 4;
  }

  /// At least one byte, and not past the beginning of a signature.
  private int distanceToSignature() {
    int last = to - Integer.BYTES;
    int at = from + 1;
    while (at <= last && !isSignature(at)) at++;
    return at - from;
  }

  /// Passes over so many bytes, or to the end.
  ///
  /// @param copy takes them; null where nobody wants them
  private void skip(long count, byte @Nullable [] copy) throws IOException {
    long left = count;
    while (left > 0 && to > from) {
      int some = (int) Math.min(left, to - from);
      if (copy != null) System.arraycopy(window, from, copy, (int) (count - left), some);
      from += some;
      offset += some;
      left -= some;
      fill();
    }
  }

  /// Reads on until there is as much as is looked at of an entry, or until the end.
  private void fill() throws IOException {
    if (to - from >= EntryHeads.MAX_BYTES) return;
    if (Thread.currentThread().isInterrupted()) {
      throw new FailureException(new ReadingInterrupted());
    }
    System.arraycopy(window, from, window, 0, to - from);
    to -= from;
    from = 0;
    int some = 0;
    while (some >= 0 && to < WINDOW_BYTES) {
      some = source.read(window, to, WINDOW_BYTES - to);
      if (some > 0) tail.add(window, to, some);
      to += Math.max(some, 0);
    }
    progress.accept(tail.length());
  }
}
