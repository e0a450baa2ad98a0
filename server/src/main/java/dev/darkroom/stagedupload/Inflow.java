package dev.darkroom.stagedupload;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Gathers what comes over a connection, in a temporary file that is gone with the process, however
/// that ends: for as long as a client takes to send some megabytes, no memory is held for them. For
/// one thread.
final class Inflow implements AutoCloseable {

  /// After so long what has come is stored, so that little is lost with a node; a slow line so
  /// makes small pieces, and a fast one large ones.
  static final Duration AT_MOST = Duration.ofSeconds(30);

  /// A modem's. It would take weeks for a large ZIP, but whoever sends less holds a connection for
  /// nothing.
  static final long MIN_BYTES_PER_SECOND = 4 << 10;

  private static final int BUFFER_BYTES = 64 << 10;

  /// Why gathering has ended.
  enum End {
    /// As much as was wanted is there.
    FULL,
    /// It is time to store what is there.
    DUE,
    /// The body has ended.
    COMPLETE,
    /// The connection broke, or was silent for longer than Tomcat waits.
    BROKEN,
    /// Hardly anything comes.
    SLOW,
    /// This node stops.
    STOPPING
  }

  private final FileChannel file;
  private final Clock clock;
  private final BooleanSupplier stopping;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private long length;
  private Duration lasted = Duration.ZERO;

  Inflow(Clock clock, BooleanSupplier stopping) throws IOException {
    this.clock = clock;
    this.stopping = stopping;
    this.file =
        FileChannel.open(
            Files.createTempFile("darkroom", null),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /// Gathers at most `wanted` bytes. A fault of the connection is an [End]; what is thrown is a
  /// fault of the file.
  ///
  /// @param whole whether a part of them is of no use, so that it is never [End#DUE]
  End gather(InputStream body, long wanted, boolean whole) throws IOException {
    var began = clock.instant();
    while (length < wanted) {
      int count;
      try {
        count = body.read(buffer.array(), 0, (int) Math.min(BUFFER_BYTES, wanted - length));
      } catch (IOException _) {
        return End.BROKEN;
      }
      if (count < 0) return End.COMPLETE;
      write(count);
      lasted = Duration.between(began, clock.instant());
      if (stopping.getAsBoolean()) return End.STOPPING;
      if (lasted.compareTo(AT_MOST) >= 0 && length < wanted) {
        if (length < lasted.toSeconds() * MIN_BYTES_PER_SECOND) return End.SLOW;
        if (!whole) return End.DUE;
      }
    }
    return End.FULL;
  }

  private void write(int count) throws IOException {
    buffer.limit(count).position(0);
    while (buffer.hasRemaining()) length += file.write(buffer, length);
    buffer.clear();
  }

  long length() {
    return length;
  }

  Duration lasted() {
    return lasted;
  }

  /// What was gathered, which the system reads from the file where it has to.
  MemorySegment bytes(Arena arena) throws IOException {
    return file.map(FileChannel.MapMode.READ_ONLY, 0, length, arena);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
