package dev.darkroom.export;

import dev.darkroom.storage.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes files of stored images. Their CRC-32 is kept since they were ingested, or else counted by
/// reading them, when it is first asked for, and kept from then on.
@Component
class StoredImages {

  private final ExportRows rows;
  private final ObjectStore store;

  StoredImages(ExportRows rows, ObjectStore store) {
    this.rows = rows;
    this.store = store;
  }

  FileEntry file(String path, ExportedRow image) {
    var bytes = new StoredBytes(store, image.key(), image.sizeBytes());
    return new FileEntry(path, bytes, new Crc32(image.objectId(), bytes, image.crc32()));
  }

  private long count(long objectId, StoredBytes bytes) {
    var crc = new CRC32();
    try (var counter = new CheckedOutputStream(OutputStream.nullOutputStream(), crc)) {
      bytes.send(0, bytes.length(), counter);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    rows.keepCrc32(objectId, crc.getValue());
    return crc.getValue();
  }

  /// For one request and one thread.
  private final class Crc32 implements LongSupplier {

    private final long objectId;
    private final StoredBytes bytes;
    private @Nullable Long known;

    Crc32(long objectId, StoredBytes bytes, @Nullable Long known) {
      this.objectId = objectId;
      this.bytes = bytes;
      this.known = known;
    }

    @Override
    public long getAsLong() {
      if (known == null) known = count(objectId, bytes);
      return known;
    }
  }
}
