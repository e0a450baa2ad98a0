package dev.darkroom.samples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Serves one file on 127.0.0.1, as a plain file host does: byte ranges, a strong ETag and
/// Last-Modified, with If-Match, If-Range and If-None-Match honoured. Each request runs on a
/// virtual thread of its own. The file must not change while it is served.
public final class LoopbackFileServer implements AutoCloseable {

  private static final int ANY_FREE_PORT = 0;
  private static final int NO_BODY = -1;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Path file;
  private final long length;
  private final String tag;
  private final String lastModified;

  private LoopbackFileServer(Path file) throws IOException {
    this.file = file;
    this.length = Files.size(file);
    var modified = Files.getLastModifiedTime(file);
    this.tag = "\"%x-%x\"".formatted(length, modified.toMillis());
    this.lastModified =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(modified.toInstant().atOffset(ZoneOffset.UTC));
    this.server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), ANY_FREE_PORT), 0);
    server.setExecutor(threads);
    server.createContext("/" + file.getFileName(), this::answer);
  }

  /// Starts serving `file` on a free port.
  public static LoopbackFileServer start(Path file) throws IOException {
    var server = new LoopbackFileServer(file);
    server.server.start();
    return server;
  }

  /// Where the file is to be had.
  public URI uri() {
    return URI.create(
        "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), file.getFileName()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getResponseHeaders();
      // The JDK's server answers longer paths here too.
      if (!exchange.getRequestURI().getPath().equals(uri().getPath())) {
        exchange.sendResponseHeaders(404, NO_BODY);
        return;
      }
      headers.set("Accept-Ranges", "bytes");
      headers.set("ETag", tag);
      headers.set("Last-Modified", lastModified);
      headers.set("Content-Type", "application/octet-stream");
      switch (exchange.getRequestMethod()) {
        case "GET" -> get(exchange);
        case "HEAD" -> {
          headers.set("Content-Length", Long.toString(length));
          exchange.sendResponseHeaders(200, NO_BODY);
        }
        default -> exchange.sendResponseHeaders(405, NO_BODY);
      }
    }
  }

  private void get(HttpExchange exchange) throws IOException {
    String match = header(exchange, "If-Match");
    if (match != null && !names(match)) {
      exchange.sendResponseHeaders(412, NO_BODY);
      return;
    }
    String noneMatch = header(exchange, "If-None-Match");
    if (noneMatch != null && names(noneMatch)) {
      exchange.sendResponseHeaders(304, NO_BODY);
      return;
    }
    String range = header(exchange, "Range");
    if (range == null || isStale(header(exchange, "If-Range"))) {
      send(exchange, 200, new ByteRange(0, length - 1));
      return;
    }
    var wanted = ByteRange.parse(range, length);
    if (wanted == null) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + length);
      exchange.sendResponseHeaders(416, NO_BODY);
      return;
    }
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(wanted.first(), wanted.last(), length));
    send(exchange, 206, wanted);
  }

  private void send(HttpExchange exchange, int status, ByteRange range) throws IOException {
    exchange.sendResponseHeaders(status, range.length() == 0 ? NO_BODY : range.length());
    if (range.length() == 0) return;
    try (var channel = FileChannel.open(file);
        var body = Channels.newChannel(exchange.getResponseBody())) {
      long at = range.first();
      while (at <= range.last()) {
        at += channel.transferTo(at, range.last() - at + 1, body);
      }
    }
  }

  private boolean isStale(@Nullable String condition) {
    return condition != null && !condition.equals(tag) && !condition.equals(lastModified);
  }

  private boolean names(String condition) {
    return condition.equals("*") || condition.equals(tag);
  }

  private static @Nullable String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }
}
