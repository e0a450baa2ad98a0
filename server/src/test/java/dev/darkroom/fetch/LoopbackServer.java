package dev.darkroom.fetch;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An HTTP server on every address of this machine, that keeps what it was asked.
final class LoopbackServer implements AutoCloseable {

  record Asked(String target, Headers headers, int clientPort) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  LoopbackServer(HttpHandler handler) throws IOException {
    server = HttpServer.create(new InetSocketAddress(0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              new Asked(
                  exchange.getRequestURI().toString(),
                  exchange.getRequestHeaders(),
                  exchange.getRemoteAddress().getPort()));
          try (exchange) {
            handler.handle(exchange);
          }
        });
    server.start();
  }

  static LoopbackServer serving(byte[] body) throws IOException {
    return new LoopbackServer(exchange -> answer(exchange, 200, body));
  }

  static LoopbackServer redirecting(String location) throws IOException {
    return new LoopbackServer(exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      answer(exchange, 302, new byte[0]);
    });
  }

  static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  int port() {
    return server.getAddress().getPort();
  }

  String at(String host, String path) {
    return "http://" + host + ":" + port() + path;
  }

  SourceUrl url(String path) {
    return SourceUrl.parse(at("127.0.0.1", path));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
