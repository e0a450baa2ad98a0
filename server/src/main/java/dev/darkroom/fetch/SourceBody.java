package dev.darkroom.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The body of an answer as it arrives. It throws `FailureException`, never a bare `IOException`,
/// where the source stalls, or ends before the length that it told.
final class SourceBody extends FilterInputStream {

  private final Exchange exchange;
  private final long length;
  private long read;

  /// @param length as the source told it, or -1
  SourceBody(InputStream body, long length, Exchange exchange) {
    super(body);
    this.length = length;
    this.exchange = exchange;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) {
    try {
      int got = in.read(bytes, offset, count);
      read += Math.max(0, got);
      if (got == -1 || isComplete() || read >= Fetched.FIRST_BYTES) {
        exchange.deadline().close();
      }
      return got;
    } catch (IOException problem) {
      throw exchange.failed(problem);
    }
  }

  @Override
  public long skip(long count) {
    byte[] skipped = new byte[8192];
    long left = count;
    while (left > 0) {
      int got = read(skipped, 0, (int) Math.min(left, skipped.length));
      if (got == -1) {
        break;
      }
      left -= got;
    }
    return count - left;
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /// Whether every byte that the source announced was read, so that closing has nothing to drain.
  boolean isComplete() {
    return read == length;
  }

  /// Gives the connection back; only for a complete body.
  void release() throws IOException {
    in.close();
  }

  /// Closing is [Fetched#close]'s: this one alone would read a body to its end.
  @Override
  public void close() {}
}
