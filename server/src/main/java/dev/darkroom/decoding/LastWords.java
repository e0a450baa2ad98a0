package dev.darkroom.decoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// The end of what a process says on its standard error, which is read for as long as it lives: a
/// pipe that nobody reads fills up, and then blocks the process.
final class LastWords {

  /// A report of a crash by Java, and some.
  static final int MAX_BYTES = 4 << 10;

  private final InputStream errors;
  private final Thread listener;
  private final byte[] kept = new byte[MAX_BYTES];
  private int length;

  private LastWords(InputStream errors, String name) {
    this.errors = errors;
    this.listener = Thread.ofPlatform().daemon().name(name).unstarted(this::listen);
  }

  /// Listens on a thread of this name until the stream ends.
  static LastWords of(InputStream errors, String name) {
    var words = new LastWords(errors, name);
    words.listener.start();
    return words;
  }

  private void listen() {
    var piece = new byte[MAX_BYTES];
    try (errors) {
      int count = errors.read(piece);
      while (count >= 0) {
        keep(piece, count);
        count = errors.read(piece);
      }
    } catch (IOException _) {
      // The stream was closed with its process.
    }
  }

  private synchronized void keep(byte[] piece, int count) {
    int old = Math.min(length, MAX_BYTES - count);
    System.arraycopy(kept, length - old, kept, 0, old);
    System.arraycopy(piece, 0, kept, old, count);
    length = old + count;
  }

  /// The last few KB in one line, once the stream has ended; what there is of them when that takes
  /// longer than `patience`, as where the process left its standard error to another.
  String await(Duration patience) throws InterruptedException {
    var _ = listener.join(patience);
    synchronized (this) {
      return new String(kept, 0, length, UTF_8).strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    }
  }
}
