package dev.darkroom.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands before a server and passes bytes both ways, until so many have come from it over one
/// connection: that one it resets (RST, RFC 9293 section 3.5.2), which no HTTP server does by
/// itself.
public final class ResettingRelay implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 << 10;

  private final ServerSocket listening;
  private final int target;
  private final long bytes;
  private final AtomicInteger resets = new AtomicInteger();

  private ResettingRelay(int target, long bytes) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.bytes = bytes;
  }

  /// Resets every connection to the server after `bytes`.
  public static ResettingRelay before(ZipServer server, long bytes) {
    try {
      var relay = new ResettingRelay(server.port(), bytes);
      Thread.ofVirtual().start(relay::accept);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same path of this server.
  public String url() {
    return "http://127.0.0.1:%d/archive.zip".formatted(listening.getLocalPort());
  }

  /// How many connections were reset so far.
  public int resets() {
    return resets.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> pass(client, server, Long.MAX_VALUE));
        Thread.ofVirtual().start(() -> pass(server, client, bytes));
      }
    } catch (IOException _) {
      // It is closed.
    }
  }

  private void pass(Socket from, Socket to, long most) {
    try (from;
        to) {
      var buffer = new byte[BUFFER_BYTES];
      long passed = 0;
      for (int count; (count = from.getInputStream().read(buffer)) >= 0; passed += count) {
        if (passed > most) {
          to.setSoLinger(true, 0);
          resets.incrementAndGet();
          return;
        }
        to.getOutputStream().write(buffer, 0, count);
      }
    } catch (IOException _) {
      // One of the two is gone, and the other is closed for it.
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
