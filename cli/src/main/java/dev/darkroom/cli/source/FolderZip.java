package dev.darkroom.cli.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;

/// A folder as a ZIP that lies nowhere: its bytes are made as they are read. The same files make
/// the same bytes: they are stored one after the other by name, with one fixed time.
///
/// A ZIP names the checksum of a stored file before its bytes, so that all files are read once
/// before the first byte can be given.
public final class FolderZip {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final Listing listing;

  private FolderZip(Path folder, Listing listing) {
    this.folder = folder;
    this.listing = listing;
  }

  public static FolderZip of(Path folder) throws IOException {
    // Only the folder itself may be reached by a link.
    Path real = folder.toRealPath();
    return new FolderZip(real, Listing.of(real));
  }

  public int files() {
    return listing.files().size();
  }

  /// How many of them the server takes for images.
  public long images() {
    return listing.files().stream().filter(Listing.Named::isImage).count();
  }

  /// Hidden files, what operating systems leave behind, and archives.
  public int junk() {
    return listing.junk();
  }

  /// Symbolic links and other special files.
  public int special() {
    return listing.special();
  }

  /// How many bytes its files have.
  public long size() {
    return listing.files().stream().mapToLong(file -> file.file().size()).sum();
  }

  /// A text that is another one when a file has changed, has come or is gone.
  public String identity() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var file : listing.files()) {
        digest.update((file.file().identity() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return folder + " " + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /// Reads all files for their checksums.
  ///
  /// @param progress gets the number of bytes read so far
  public StoredZip read(LongConsumer progress) throws IOException {
    List<StoredZip.Entry> entries = new ArrayList<>();
    long before = 0;
    for (var named : listing.files()) {
      long crc32 = crc32(named.file(), before, progress);
      entries.add(new StoredZip.Entry(named.name(), named.file(), crc32));
      before += named.file().size();
    }
    return StoredZip.of(entries);
  }

  private static long crc32(LocalFile file, long before, LongConsumer progress) throws IOException {
    var crc32 = new CRC32();
    var buffer = new byte[BUFFER_BYTES];
    try (InputStream in = file.from(0)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc32.update(buffer, 0, read);
        before += read;
        progress.accept(before);
      }
    }
    return crc32.getValue();
  }
}
