package dev.darkroom.archive;

import dev.darkroom.archive.ArchiveFailure.ZipTooLarge;
import dev.darkroom.failure.FailureException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// An archive as it arrives, cut off at the byte that is one too many, or too late; its source's
/// failures are told as an [ArchiveFailure].
final class CappedStream extends FilterInputStream {

  private final long allowed;
  private final Pace pace;
  private long count;

  CappedStream(InputStream archive, long allowed, Pace pace) {
    super(archive);
    this.allowed = allowed;
    this.pace = pace;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int wanted) throws IOException {
    try {
      int some = in.read(target, offset, wanted);
      count += Math.max(some, 0);
      if (count > allowed) throw new FailureException(new ZipTooLarge(allowed + 1, allowed));
      pace.count(Math.max(some, 0));
      return some;
    } catch (FailureException e) {
      throw new FailureException(SourceFault.of(e.failure()), e);
    }
  }

  @Override
  public long skip(long distance) throws IOException {
    byte[] skipped = new byte[(int) Math.min(Math.max(distance, 1), 8 << 10)];
    return distance <= 0 ? 0 : Math.max(read(skipped, 0, skipped.length), 0);
  }
}
