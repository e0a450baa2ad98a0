package dev.darkroom.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// A 2xx answer, its body still arriving. For use by one thread. Close it: a body read to its end
/// leaves the connection for the next request; any other is cut off, not drained.
public final class Fetched implements Closeable {

  /// How much of the body must be there for a fetch to have begun; see [FetchRequest#deadline].
  public static final int FIRST_BYTES = 16 * 1024;

  private final HttpUriRequestBase request;
  private final ClassicHttpResponse response;
  private final SourceBody body;
  private final long bodyLength;
  private final Exchange exchange;
  private boolean closed;

  Fetched(HttpUriRequestBase request, ClassicHttpResponse response, Exchange exchange)
      throws IOException {
    this.request = request;
    this.response = response;
    this.exchange = exchange;
    HttpEntity entity = response.getEntity();
    this.bodyLength = entity == null ? 0 : entity.getContentLength();
    InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
    this.body = new SourceBody(content, bodyLength, exchange);
  }

  /// 206 when the source honoured the range that was asked for, else 200 or another of its kind.
  public int status() {
    return response.getCode();
  }

  /// The first header of this name, in any case.
  public Optional<String> header(String name) {
    @Nullable Header header = response.getFirstHeader(name);
    return Optional.ofNullable(header).map(Header::getValue);
  }

  /// As the source sends it, quotes and `W/` included.
  public Optional<String> etag() {
    return header(HttpHeaders.ETAG);
  }

  public Optional<String> lastModified() {
    return header(HttpHeaders.LAST_MODIFIED);
  }

  public Optional<String> contentType() {
    return header(HttpHeaders.CONTENT_TYPE);
  }

  /// Empty also for a header that makes no sense.
  public Optional<ContentRange> contentRange() {
    return header(HttpHeaders.CONTENT_RANGE).flatMap(ContentRange::parse);
  }

  /// The bytes in the body as the source announced them, or -1 where it did not. A body without a
  /// length that breaks off may look like a shorter one.
  public long bodyLength() {
    return bodyLength;
  }

  /// The body, as sent: nothing is decompressed. Its methods throw `FailureException` with
  /// [FetchFailure.TimedOut] or [FetchFailure.ConnectionLost], never a bare `IOException`; closing
  /// it does nothing, close this instead.
  public InputStream body() {
    return body;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    exchange.deadline().close();
    release();
  }

  /// Lets go of the connection, while the exchange may go on elsewhere.
  void release() {
    if (body.isComplete()) {
      try {
        body.release();
        return;
      } catch (IOException _) {
        // It cannot be reused, then; it is cut off below.
      }
    }
    request.cancel();
  }
}
