package dev.darkroom.archive;

import static java.lang.Integer.toUnsignedLong;
import static java.lang.Short.toUnsignedInt;

import dev.darkroom.archive.EntryFailure.LocalHeaderDisagrees;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The header before an entry's data (APPNOTE 4.3.7). Readers that go through the archive from the
/// front believe it, others believe the directory: an archive in which they differ shows each
/// something else, and is not to be trusted about that entry.
final class LocalHeader {

  static final int BYTES = 30;

  static final int SIGNATURE = 0x04034b50;

  private LocalHeader() {}

  /// How many bytes the header has by its own word, of which `header` holds the first 30 at least.
  static int length(ByteBuffer header) {
    return BYTES + toUnsignedInt(header.getShort(26)) + toUnsignedInt(header.getShort(28));
  }

  /// Reads the header of `entry`, at whose offset `run` stands, and leaves `run` at its data; or
  /// tells what differs, without a byte read at or after the entry's limit.
  static @Nullable LocalHeaderDisagrees pass(RunStream run, ArchiveEntry entry) {
    ByteBuffer header = run.next(BYTES);
    if (header.getInt(0) != SIGNATURE) return new LocalHeaderDisagrees("place");
    int flags = toUnsignedInt(header.getShort(6));
    int method = toUnsignedInt(header.getShort(8));
    long compressedSize = toUnsignedLong(header.getInt(18));
    long size = toUnsignedLong(header.getInt(22));
    int extraLength = toUnsignedInt(header.getShort(28));
    if (method != entry.method()) return new LocalHeaderDisagrees("method");
    if (((flags ^ entry.flags()) & 1) != 0) return new LocalHeaderDisagrees("encryption");
    if (toUnsignedInt(header.getShort(26)) != entry.rawNameLength()
        || !entry.hasRawName(run.next(entry.rawNameLength()))) {
      return new LocalHeaderDisagrees("name");
    }
    if (run.offset() + extraLength + entry.compressedSize() > entry.limitOffset()) {
      return new LocalHeaderDisagrees("length");
    }
    ByteBuffer zip64 = ExtraField.find(run.next(extraLength), ExtraField.ZIP64);
    if (ArchiveEntry.hasDescriptor(flags | entry.flags())) return null;
    boolean same =
        ExtraField.wide(size, zip64) == entry.size()
            && ExtraField.wide(compressedSize, zip64) == entry.compressedSize();
    return same ? null : new LocalHeaderDisagrees("size");
  }
}
