package dev.darkroom.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/// Files to be laid out.
final class TestFiles {

  private static final byte[] ZEROS = new byte[1 << 16];

  private TestFiles() {}

  static FileEntry text(String path, String content) {
    var bytes = content.getBytes(UTF_8);
    return new FileEntry(path, Header.of(bytes), () -> crc32(bytes));
  }

  /// A file that is too large to be anywhere.
  static FileEntry zeros(String path, long length) {
    var content =
        new Piece() {
          @Override
          public long length() {
            return length;
          }

          @Override
          public void send(long from, long count, OutputStream client) throws IOException {
            for (long left = count; left > 0; left -= ZEROS.length) {
              client.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
            }
          }
        };
    return new FileEntry(path, content, () -> crc32OfZeros(length));
  }

  static long crc32(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private static long crc32OfZeros(long length) {
    var crc = new CRC32();
    for (long left = length; left > 0; left -= ZEROS.length) {
      crc.update(ZEROS, 0, (int) Math.min(left, ZEROS.length));
    }
    return crc.getValue();
  }
}
