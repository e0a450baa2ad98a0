package dev.darkroom.cli;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Closes a stream from which nothing has come for too long: the HTTP client bounds the wait for an
/// answer's head, and not that for its body. Its own thread looks, one thread reads.
final class StallGuard extends FilterInputStream {

  private final long limitNanos;
  private final Thread watcher;
  private volatile long readAt = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream in, Duration limit) {
    super(in);
    this.limitNanos = limit.toNanos();
    this.watcher = Thread.ofVirtual().start(() -> watch(in));
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    readAt = System.nanoTime();
    if (read < 0 && stalled) throw new IOException("nothing came any more");
    return read;
  }

  @Override
  public void close() throws IOException {
    watcher.interrupt();
    in.close();
  }

  private void watch(Closeable watched) {
    try {
      for (long idle = 0; idle < limitNanos; idle = System.nanoTime() - readAt) {
        Thread.sleep(Duration.ofNanos(limitNanos - idle));
      }
      stalled = true;
      watched.close();
    } catch (InterruptedException _) {
      // The stream was closed by who reads it.
    } catch (IOException _) {
      // It could not be closed: who reads it gets an error of its own.
    }
  }
}
