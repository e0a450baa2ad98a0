package dev.darkroom.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Lays files out as a ZIP of stored entries (APPNOTE 6.3.10), ZIP64 where a number asks for it.
final class ZipArchive {

  private static final int FULL_16 = 0xFFFF;
  private static final int END_BYTES = 22;
  private static final int ZIP64_END_BYTES = 56;
  private static final int ZIP64_LOCATOR_BYTES = 20;

  private ZipArchive() {}

  static Layout of(List<FileEntry> files) {
    List<Piece> pieces = new ArrayList<>();
    List<Piece> directory = new ArrayList<>();
    long offset = 0;
    for (FileEntry file : files) {
      var record = new ZipRecord(file, offset);
      var header = record.localHeader();
      pieces.add(header);
      pieces.add(file.content());
      directory.add(record.directoryHeader());
      offset += header.length() + file.content().length();
    }
    pieces.addAll(directory);
    long directoryBytes = directory.stream().mapToLong(Piece::length).sum();
    pieces.add(Header.of(end(files.size(), offset, directoryBytes)));
    return new Layout(pieces);
  }

  /// The end of the directory (APPNOTE 4.3.16), after that of ZIP64 where a number does not fit.
  private static byte[] end(int count, long offset, long bytes) {
    boolean large = count >= FULL_16 || offset >= ZipRecord.FULL_32 || bytes >= ZipRecord.FULL_32;
    var end =
        ByteBuffer.allocate((large ? ZIP64_END_BYTES + ZIP64_LOCATOR_BYTES : 0) + END_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    if (large) putZip64End(end, count, offset, bytes);
    short entries = (short) Math.min(count, FULL_16);
    end.putInt(0x06054b50).putInt(0).putShort(entries).putShort(entries);
    end.putInt((int) Math.min(bytes, ZipRecord.FULL_32));
    end.putInt((int) Math.min(offset, ZipRecord.FULL_32));
    return end.array();
  }

  /// The ZIP64 end of the directory (APPNOTE 4.3.14) and where it is found (4.3.15).
  private static void putZip64End(ByteBuffer end, long count, long offset, long bytes) {
    int disks = 1;
    end.putInt(0x06064b50).putLong(ZIP64_END_BYTES - 12);
    end.putShort(ZipRecord.MADE_ON_UNIX).putShort(ZipRecord.VERSION_ZIP64).putLong(0);
    end.putLong(count).putLong(count).putLong(bytes).putLong(offset);
    end.putInt(0x07064b50).putInt(0).putLong(offset + bytes).putInt(disks);
  }
}
