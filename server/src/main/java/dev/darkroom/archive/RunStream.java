package dev.darkroom.archive;

import dev.darkroom.archive.SourceFailure.ConnectionLost;
import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A run of an archive, read forwards through one buffer, by offsets from the archive's start. Not
/// safe for use by several threads.
final class RunStream implements AutoCloseable {

  /// The longest name or extra field fits.
  private static final int BUFFER_BYTES = 64 << 10;

  private final InputStream source;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).flip();
  private long bufferEnd;

  RunStream(RangeSource source, long start, long end) {
    this(source.open(start, end - start), start);
  }

  /// @param start the offset of the first byte of `source`
  RunStream(InputStream source, long start) {
    this.source = source;
    bufferEnd = start;
  }

  long offset() {
    return bufferEnd - buffer.remaining();
  }

  /// Moves to `target`, which does not lie behind.
  void skipTo(long target) {
    long distance = target - offset();
    if (distance < 0) throw new IllegalArgumentException("a run is read forwards only");
    int buffered = (int) Math.min(distance, buffer.remaining());
    buffer.position(buffer.position() + buffered);
    try {
      source.skipNBytes(target - offset());
      if (!buffer.hasRemaining()) bufferEnd = target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The next `count` bytes, at most 65 535, valid until the next call.
  ByteBuffer next(int count) {
    ByteBuffer bytes = peek(count);
    buffer.position(buffer.position() + count);
    return bytes;
  }

  /// The same, and they are still the next ones.
  ByteBuffer peek(int count) {
    while (buffer.remaining() < count) fill();
    return buffer.slice(buffer.position(), count).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Some of the next bytes, at least one and at most `most`, valid until the next call.
  ByteBuffer some(long most) {
    if (!buffer.hasRemaining()) fill();
    return next((int) Math.min(most, buffer.remaining()));
  }

  private void fill() {
    buffer.compact();
    try {
      int count = source.read(buffer.array(), buffer.position(), buffer.remaining());
      if (count < 0) throw new FailureException(new ConnectionLost("it ended early"));
      buffer.position(buffer.position() + count);
      bufferEnd += count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      buffer.flip();
    }
  }

  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
