package dev.darkroom.torture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// Where the nodes tell of the moments of their work, and wait to be let go on.
final class Reports implements AutoCloseable {

  /// @param node its name
  /// @param detail which one of the subject's kind
  record Report(String node, Moment moment, String detail) {}

  /// What listens to the nodes. Called by many threads at once.
  interface Listener {
    void ready(String node, int port);

    /// The node goes on when this returns.
    ///
    /// @return whether what the moment is about can be had
    boolean reached(Report report);
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Listener listener;

  Reports(Listener listener) {
    this.listener = listener;
    // Else each small answer waits 40 ms for the node's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/ready", this::ready);
    server.createContext("/moment", this::moment);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void ready(HttpExchange exchange) throws IOException {
    try (exchange) {
      var given = parameters(exchange);
      listener.ready(get(given, "node"), Integer.parseInt(get(given, "port")));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private void moment(HttpExchange exchange) throws IOException {
    try (exchange) {
      var given = parameters(exchange);
      var moment = Moment.parse(get(given, "moment"));
      boolean there =
          listener.reached(new Report(get(given, "node"), moment, get(given, "detail")));
      exchange.sendResponseHeaders(there ? 204 : 503, -1);
    }
  }

  private static Map<String, String> parameters(HttpExchange exchange) {
    return Arrays.stream(exchange.getRequestURI().getRawQuery().split("&", -1))
        .map(parameter -> parameter.split("=", 2))
        .collect(
            Collectors.toMap(
                parameter -> parameter[0],
                parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8)));
  }

  private static String get(Map<String, String> parameters, String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }
}
