package dev.darkroom.archive;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A web server on loopback that serves one archive under every path, ranges and preconditions
/// included (RFC 9110), like an object store: HEAD is refused. Its faults can be switched on while
/// it runs; each method that does so gives the server back. Safe for use by many threads at once.
public final class ZipServer implements AutoCloseable {

  /// A request that came in; header names in lower case.
  public record Request(
      String method, String path, @Nullable String query, Map<String, String> headers) {

    public @Nullable String range() {
      return headers.get("range");
    }
  }

  private record Served(RangeSource content, @Nullable String etag, @Nullable String modified) {}

  private record Answer(int status, String contentType, String body) {}

  private static final Instant MODIFIED = Instant.parse("2026-05-26T12:00:00Z");

  static {
    // Else each small answer waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger failuresLeft = new AtomicInteger();
  private final AtomicInteger truncationsLeft = new AtomicInteger();
  private final AtomicInteger stallsLeft = new AtomicInteger();
  private final AtomicInteger requestsUntilReplaced = new AtomicInteger(-1);
  private volatile Served served;
  private volatile @Nullable Served replacement;
  private volatile String contentType = "application/zip";
  private volatile @Nullable Answer always;
  private volatile int failureStatus;
  private volatile @Nullable String failureRetryAfter;
  private volatile boolean ranges = true;
  private volatile boolean length = true;
  private volatile boolean total = true;
  private volatile long rangeShift;
  private volatile long claimedMore;
  private volatile long sentMore;
  private final AtomicLong bytesServed = new AtomicLong();
  private volatile long truncateAfter = Long.MAX_VALUE;
  private volatile long stallAfter = Long.MAX_VALUE;

  private ZipServer(RangeSource content) {
    served = new Served(content, "\"v1\"", httpDate(MODIFIED));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public static ZipServer serving(RangeSource content) {
    return new ZipServer(content);
  }

  public static ZipServer serving(byte[] content) {
    return serving(TestZip.sourceOf(content));
  }

  public static ZipServer serving(TestZip zip) {
    return serving(zip.source());
  }

  public static ZipServer serving(Path file) {
    return serving(FileSource.of(file));
  }

  /// The archive's URL, with a query as a signed URL has it.
  public String url() {
    return "http://127.0.0.1:" + port() + "/archive.zip?signature=secret";
  }

  public URI uri() {
    return URI.create(url());
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// What was asked so far, in the order of arrival.
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public void forgetRequests() {
    requests.clear();
  }

  /// How many bytes of archives were sent so far.
  public long bytesServed() {
    return bytesServed.get();
  }

  /// Claims in `Content-Range` that the archive has that many bytes more.
  public ZipServer claimMore(long bytes) {
    claimedMore = bytes;
    return this;
  }

  /// Sends that many bytes more than were asked for, where there are so many, and says so.
  public ZipServer sendMore(long bytes) {
    sentMore = bytes;
    return this;
  }

  /// Answers range requests with 200 and everything.
  public ZipServer ignoreRanges() {
    ranges = false;
    return this;
  }

  public ZipServer honourRanges() {
    ranges = true;
    return this;
  }

  /// Tells no length: chunked.
  public ZipServer withoutLength() {
    length = false;
    return this;
  }

  /// Tells no total in `Content-Range`.
  public ZipServer withoutTotal() {
    total = false;
    return this;
  }

  /// Gives other bytes than were asked for, and says so in `Content-Range`.
  public ZipServer shiftRanges(long bytes) {
    rangeShift = bytes;
    return this;
  }

  /// Breaks the connection of the next `times` answers after that many bytes of the body; one
  /// without a length ends there, as if complete.
  public ZipServer truncateAfter(long bytes, int times) {
    truncateAfter = bytes;
    truncationsLeft.set(times);
    return this;
  }

  /// Goes silent after that many bytes of each body, until the server is closed.
  public ZipServer stallAfter(long bytes) {
    return stallAfter(bytes, Integer.MAX_VALUE);
  }

  /// The same with the next `times` answers only.
  public ZipServer stallAfter(long bytes, int times) {
    stallAfter = bytes;
    stallsLeft.set(times);
    return this;
  }

  /// Answers the next `times` requests with a status.
  public ZipServer failNext(int times, int status, @Nullable Duration retryAfter) {
    failureStatus = status;
    failureRetryAfter = retryAfter == null ? null : Long.toString(retryAfter.toSeconds());
    failuresLeft.set(times);
    return this;
  }

  /// Answers every request so, until [#recover].
  public ZipServer always(int status, String type, String body) {
    always = new Answer(status, type, body);
    return this;
  }

  /// What S3 says to a signature that has expired.
  public ZipServer expire() {
    return always(
        403,
        "application/xml",
        "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>");
  }

  /// Answers with a page, as in front of a large file on a drive.
  public ZipServer html() {
    return always(200, "text/html; charset=utf-8", "<!DOCTYPE html><title>Confirm</title>");
  }

  /// Ends all faults.
  public ZipServer recover() {
    always = null;
    failuresLeft.set(0);
    truncationsLeft.set(0);
    stallsLeft.set(0);
    return this;
  }

  public ZipServer contentType(String type) {
    contentType = type;
    return this;
  }

  /// With its quotes, and `W/` where it is weak; null for none.
  public ZipServer etag(@Nullable String tag) {
    served = new Served(served.content(), tag, served.modified());
    return this;
  }

  public ZipServer lastModified(@Nullable Instant instant) {
    served =
        new Served(served.content(), served.etag(), instant == null ? null : httpDate(instant));
    return this;
  }

  /// Serves another archive from now on.
  public ZipServer replaceWith(RangeSource content, @Nullable String etag) {
    served = new Served(content, etag, served.modified());
    return this;
  }

  /// Serves another archive once that many more requests have come.
  public ZipServer replaceAfter(int more, RangeSource content, @Nullable String etag) {
    replacement = new Served(content, etag, served.modified());
    requestsUntilReplaced.set(more);
    return this;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      remember(exchange);
      Served now = current();
      Answer fixed = always;
      if (fixed != null) {
        send(exchange, fixed);
      } else if (takeOne(failuresLeft)) {
        if (failureRetryAfter != null) {
          exchange.getResponseHeaders().set("Retry-After", failureRetryAfter);
        }
        send(exchange, new Answer(failureStatus, "text/plain", "not now"));
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(403, -1);
      } else {
        serve(exchange, now);
      }
    }
  }

  private void remember(HttpExchange exchange) {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    URI uri = exchange.getRequestURI();
    requests.add(
        new Request(exchange.getRequestMethod(), uri.getPath(), uri.getRawQuery(), headers));
  }

  private Served current() {
    Served next = replacement;
    if (next != null && requestsUntilReplaced.getAndDecrement() == 0) served = next;
    return served;
  }

  private void serve(HttpExchange exchange, Served now) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", contentType);
    if (now.etag() != null) headers.set("ETag", now.etag());
    if (now.modified() != null) headers.set("Last-Modified", now.modified());
    String ifMatch = exchange.getRequestHeaders().getFirst("If-Match");
    if (ifMatch != null && !ifMatch.equals(now.etag())) {
      exchange.sendResponseHeaders(412, -1);
      return;
    }
    long whole = now.content().length();
    String asked = exchange.getRequestHeaders().getFirst("Range");
    if (!ranges || asked == null) {
      send(exchange, 200, now.content(), 0, whole);
      return;
    }
    headers.set("Accept-Ranges", "bytes");
    AskedRange range = AskedRange.parse(asked, whole);
    if (range == null) {
      headers.set("Content-Range", "bytes */" + whole);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    long first = range.first() + rangeShift;
    long last = Math.min(range.last() + rangeShift + sentMore, whole - 1);
    headers.set(
        "Content-Range", "bytes " + first + "-" + last + "/" + (total ? whole + claimedMore : "*"));
    send(exchange, 206, now.content(), first, last - first + 1);
  }

  private void send(HttpExchange exchange, int status, RangeSource content, long offset, long count)
      throws IOException {
    exchange.sendResponseHeaders(status, length ? (count == 0 ? -1 : count) : 0);
    boolean truncated = count > truncateAfter && takeOne(truncationsLeft);
    boolean stalled = !truncated && count > stallAfter && takeOne(stallsLeft);
    long sent = truncated ? truncateAfter : stalled ? stallAfter : count;
    try (InputStream bytes = content.open(offset, sent)) {
      OutputStream body = exchange.getResponseBody();
      bytesServed.addAndGet(bytes.transferTo(body));
      body.flush();
      if (stalled) closed.await();
      if (sent == count) body.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean takeOne(AtomicInteger left) {
    return left.getAndUpdate(number -> Math.max(0, number - 1)) > 0;
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().close();
  }

  private static String httpDate(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
  }
}
