package dev.darkroom.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Lays files out as a tar (POSIX.1, `pax`): an extended header only where a path is longer than a
/// ustar name, or not ASCII. All files are of 1970, so that the same dataset makes the same tar.
final class TarArchive {

  private static final int BLOCK = 512;
  private static final int MODE = 0644;
  private static final FileTime EPOCH = FileTime.fromMillis(0);

  private TarArchive() {}

  static Layout of(List<FileEntry> files) {
    List<Piece> pieces = new ArrayList<>();
    for (FileEntry file : files) {
      long length = file.content().length();
      pieces.add(Header.of(headers(file.path(), length)));
      pieces.add(file.content());
      pieces.add(zeros((int) (-length & (BLOCK - 1))));
    }
    pieces.add(zeros(2 * BLOCK));
    return new Layout(pieces);
  }

  private static Piece zeros(int count) {
    return new Header(count, () -> new byte[count]);
  }

  /// What a stream of the library would begin the file with. It is given no content and not closed:
  /// it holds nothing but memory.
  private static byte[] headers(String path, long length) {
    var headers = new ByteArrayOutputStream();
    try {
      var tar = new TarArchiveOutputStream(headers, BLOCK, UTF_8.name());
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      var entry = new TarArchiveEntry(path);
      entry.setSize(length);
      entry.setMode(MODE);
      entry.setLastModifiedTime(EPOCH);
      tar.putArchiveEntry(entry);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return headers.toByteArray();
  }
}
