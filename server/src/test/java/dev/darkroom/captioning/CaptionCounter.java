package dev.darkroom.captioning;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// A server on loopback that stands for a captioner in another process: it counts what it is asked
/// by path, and answers as many requests as it may.
final class CaptionCounter implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private final Semaphore answers = new Semaphore(0);

  CaptionCounter() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          asked.merge(exchange.getRequestURI().getPath().substring(1), 1, Integer::sum);
          answers.acquireUninterruptibly();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Lets so many more requests be answered.
  void answer(int requests) {
    answers.release(requests);
  }

  /// How often each picture was asked for, by its size.
  Map<String, Integer> asked() {
    return Map.copyOf(asked);
  }

  @Override
  public void close() {
    answers.release(Integer.MAX_VALUE / 2);
    server.stop(0);
  }
}
