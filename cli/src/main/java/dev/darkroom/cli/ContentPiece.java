package dev.darkroom.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A part of a content while it is sent: tells how much of it was taken, and keeps the failure to
/// read it apart from those of the network. Read by one thread, asked by another afterwards.
final class ContentPiece extends FilterInputStream {

  private final LongConsumer progress;
  private long left;
  private long taken;
  private volatile @Nullable IOException failure;

  /// @param progress gets the number of bytes that were taken so far
  ContentPiece(InputStream in, long length, LongConsumer progress) {
    super(in);
    this.left = length;
    this.progress = progress;
  }

  /// Why this machine could not read it.
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) return -1;
    try {
      int read = in.read(bytes, offset, (int) Math.min(length, left));
      if (read > 0) {
        left -= read;
        taken += read;
        progress.accept(taken);
      }
      return read;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
