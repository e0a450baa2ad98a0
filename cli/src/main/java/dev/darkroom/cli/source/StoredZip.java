package dev.darkroom.cli.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A ZIP of stored files, laid out but written nowhere: how long it is, and its bytes from any
/// place on. Immutable.
public final class StoredZip {

  /// @param crc32 of the file's bytes
  record Entry(String name, LocalFile file, long crc32) {}

  private final List<ZipRecords> records;

  /// Where the local header of each entry begins; the last one is where the directory begins.
  private final long[] starts;

  private final byte[] directory;

  private StoredZip(List<ZipRecords> records, long[] starts, byte[] directory) {
    this.records = records;
    this.starts = starts;
    this.directory = directory;
  }

  static StoredZip of(List<Entry> entries) {
    List<ZipRecords> records = new ArrayList<>();
    var starts = new long[entries.size() + 1];
    var directory = new ByteArrayOutputStream();
    long position = 0;
    for (int i = 0; i < entries.size(); i++) {
      starts[i] = position;
      var record = new ZipRecords(entries.get(i));
      records.add(record);
      directory.writeBytes(record.directoryRecord(position));
      position += record.localHeader().length + entries.get(i).file().size();
    }
    starts[entries.size()] = position;
    directory.writeBytes(ZipRecords.end(entries.size(), position, directory.size()));
    return new StoredZip(List.copyOf(records), starts, directory.toByteArray());
  }

  public long length() {
    return starts[records.size()] + directory.length;
  }

  /// The bytes from there on. Reading fails with a [ChangedException] where a file has changed.
  public InputStream from(long offset) {
    return new ZipStream(offset);
  }

  /// The part that begins at or before `position`, from there on.
  private InputStream part(long position) throws IOException {
    int found = Arrays.binarySearch(starts, position);
    int index = found >= 0 ? found : -found - 2;
    long skip = position - starts[index];
    if (index == records.size()) return rest(directory, skip);
    byte[] header = records.get(index).localHeader();
    if (skip < header.length) return rest(header, skip);
    return records.get(index).entry().file().from(skip - header.length);
  }

  private static InputStream rest(byte[] bytes, long skip) {
    int from = Math.toIntExact(skip);
    return new ByteArrayInputStream(bytes, from, bytes.length - from);
  }

  private final class ZipStream extends InputStream {
    private long position;
    private InputStream part = InputStream.nullInputStream();

    ZipStream(long position) {
      this.position = position;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) return 0;
      int read = part.read(bytes, offset, length);
      while (read < 0 && position < length()) {
        part.close();
        part = part(position);
        read = part.read(bytes, offset, length);
        if (read < 0) throw new IllegalStateException("an empty part at " + position);
      }
      if (read > 0) position += read;
      return read;
    }

    @Override
    public void close() throws IOException {
      part.close();
    }
  }
}
