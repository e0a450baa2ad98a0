package dev.darkroom.archive;

import dev.darkroom.archive.HeadFacts.End;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The beginning of an entry's data, inflated.
record HeadData(MemorySegment bytes, HeadFacts facts) {

  /// Reads on from where `run` stands, at the data.
  ///
  /// @param compressedSize the length of the data, or more where it is not known
  /// @param reach how many bytes of it may be read at most
  static HeadData read(RunStream run, int method, long compressedSize, int reach) {
    int available = (int) Math.min(compressedSize, reach);
    return method == EntryReader.STORED
        ? copy(run, available, compressedSize)
        : inflate(run, method, available, compressedSize);
  }

  /// Whether these are all bytes of the data.
  boolean whole() {
    return facts.end() == End.REACHED;
  }

  private static HeadData copy(RunStream run, int available, long compressedSize) {
    byte[] target = new byte[available];
    for (int filled = 0; filled < available; ) {
      ByteBuffer some = run.some(available - filled);
      int count = some.remaining();
      some.get(target, filled, count);
      filled += count;
    }
    var end = available == compressedSize ? End.REACHED : End.CUT;
    return of(target, EntryReader.STORED, available, end);
  }

  private static HeadData inflate(RunStream run, int method, int available, long compressedSize) {
    byte[] target = new byte[EntryHeads.MAX_BYTES];
    try (var inflater = new Inflater(true)) {
      End end = inflate(inflater, run, available, available == compressedSize, target);
      byte[] bytes = Arrays.copyOf(target, (int) inflater.getBytesWritten());
      return of(bytes, method, inflater.getBytesRead(), end);
    }
  }

  /// @param all whether what is available is all of the data
  private static End inflate(
      Inflater inflater, RunStream run, int available, boolean all, byte[] target) {
    long left = available;
    int filled = 0;
    try {
      while (!inflater.finished()) {
        if (filled == target.length) return End.CUT;
        if (inflater.needsInput()) {
          if (left == 0) return all ? End.BROKEN_OFF : End.CUT;
          ByteBuffer some = run.some(left);
          left -= some.remaining();
          inflater.setInput(some);
        }
        if (inflater.needsDictionary()) return End.DAMAGED;
        filled += inflater.inflate(target, filled, target.length - filled);
      }
    } catch (DataFormatException _) {
      return End.DAMAGED;
    }
    return End.REACHED;
  }

  private static HeadData of(byte[] bytes, int method, long consumed, End end) {
    var crc = new CRC32();
    crc.update(bytes);
    return new HeadData(
        MemorySegment.ofArray(bytes),
        new HeadFacts(method, bytes.length, crc.getValue(), consumed, end));
  }
}
