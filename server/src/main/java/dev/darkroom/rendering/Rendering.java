package dev.darkroom.rendering;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/// A body that is complete before the first byte of it goes out: what it was made from is not held
/// any more, and its length is known. It may be sent to many at once; whoever holds it closes it
/// once, and with the last of them its bytes are gone. Safe for use by many threads.
public final class Rendering implements AutoCloseable {

  private final Spool bytes;
  private int holders = 1;

  private Rendering(Spool bytes) {
    this.bytes = bytes;
  }

  /// Renders what `writer` writes, to be called in [turn][Renderings#inTurn]; held by the caller.
  public static Rendering of(Consumer<OutputStream> writer) {
    var bytes = new Spool();
    try {
      writer.accept(bytes);
      return new Rendering(bytes);
    } catch (RuntimeException failed) {
      discard(bytes);
      throw failed;
    }
  }

  /// One more holder, beside one that holds it already.
  public synchronized void hold() {
    if (holders == 0) throw new IllegalStateException("its bytes are gone");
    holders++;
  }

  public long length() {
    return bytes.length();
  }

  public void copyTo(OutputStream out) throws IOException {
    bytes.copyTo(out);
  }

  /// Sends it as the whole body of an answer.
  public void send(HttpServletResponse response) throws IOException {
    response.setContentLengthLong(length());
    copyTo(response.getOutputStream());
  }

  @Override
  public synchronized void close() {
    if (--holders == 0) discard(bytes);
  }

  private static void discard(Spool bytes) {
    try {
      bytes.discard();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
