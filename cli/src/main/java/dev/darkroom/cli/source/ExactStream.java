package dev.darkroom.cli.source;

import java.io.IOException;
import java.io.InputStream;

/// As many bytes of a file as it had, no more and no fewer; looks once more whether the file is
/// unchanged before it gives the last of them.
final class ExactStream extends InputStream {

  private final InputStream in;
  private final LocalFile file;
  private long left;

  ExactStream(InputStream in, long length, LocalFile file) {
    this.in = in;
    this.left = length;
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) return -1;
    int read = in.read(bytes, offset, (int) Math.min(length, left));
    if (read < 0) throw new ChangedException(file.path());
    left -= read;
    if (left == 0) file.requireUnchanged();
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
