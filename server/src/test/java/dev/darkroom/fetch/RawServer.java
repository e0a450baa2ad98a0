package dev.darkroom.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Answers every request on loopback with the bytes that it is told, and then closes the connection
/// or keeps silent.
final class RawServer implements AutoCloseable {

  @FunctionalInterface
  interface Answer {
    void write(OutputStream out) throws Exception;
  }

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private final Semaphore dropped = new Semaphore(0);

  RawServer(Answer answer) throws IOException {
    threads.execute(() -> {
      while (!listener.isClosed()) {
        try {
          Socket socket = listener.accept();
          threads.execute(() -> serve(socket, answer));
        } catch (IOException _) {
          return;
        }
      }
    });
  }

  static RawServer closingAfter(String answer) throws IOException {
    return new RawServer(out -> out.write(answer.getBytes(US_ASCII)));
  }

  /// Silent after `answer` until it is closed.
  static RawServer silentAfter(String answer) throws IOException {
    return new RawServer(out -> {
      out.write(answer.getBytes(US_ASCII));
      new CountDownLatch(1).await(); // Closing the server interrupts it.
    });
  }

  private void serve(Socket socket, Answer answer) {
    try (socket;
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
      String line = in.readLine();
      while (line != null && !line.isEmpty()) {
        line = in.readLine();
      }
      answer.write(socket.getOutputStream());
    } catch (Exception _) {
      // The client has gone, or the test has ended.
    } finally {
      dropped.release();
    }
  }

  /// Waits until so many connections in all have been closed.
  void awaitDropped(int connections) throws InterruptedException {
    dropped.acquire(connections);
    dropped.release(connections);
  }

  SourceUrl url(String path) {
    return SourceUrl.parse("http://127.0.0.1:" + listener.getLocalPort() + path);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
