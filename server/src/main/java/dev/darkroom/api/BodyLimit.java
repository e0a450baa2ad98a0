package dev.darkroom.api;

import dev.darkroom.failure.FailureException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/// Reads a JSON body whole before anything parses it, and none that is larger than any request has
/// use for, or that comes too slowly. The body of a [LargeBody] is parsed as it comes, so that it
/// is not on the heap twice.
@ControllerAdvice
class BodyLimit extends RequestBodyAdviceAdapter {

  static final int MAX_BYTES = 1 << 20;

  /// Ten photographs of 4.8 MB in base64.
  static final int MAX_LARGE_BYTES = 64 << 20;

  /// After a grace, so that a pause on the way costs nobody a request.
  static final long MIN_BYTES_PER_SECOND = 64 << 10;

  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Clock clock;

  BodyLimit(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean supports(
      MethodParameter parameter,
      Type targetType,
      Class<? extends HttpMessageConverter<?>> converterType) {
    return true;
  }

  @Override
  public HttpInputMessage beforeBodyRead(
      HttpInputMessage message,
      MethodParameter parameter,
      Type targetType,
      Class<? extends HttpMessageConverter<?>> converterType)
      throws IOException {
    boolean large = parameter.hasMethodAnnotation(LargeBody.class);
    int limit = large ? MAX_LARGE_BYTES : MAX_BYTES;
    var declared = message.getHeaders().getContentLength();
    if (declared > limit) {
      throw new FailureException(new ApiFailure.BodyTooLarge(limit, declared));
    }
    var bounded = new Bounded(message.getBody(), limit, clock);
    return new Read(
        message.getHeaders(), large ? bounded : new ByteArrayInputStream(bounded.readAllBytes()));
  }

  /// A body that fails at the first byte past its limit, or too late.
  private static final class Bounded extends FilterInputStream {

    private final int limit;
    private final Clock clock;
    private final Instant began;
    private long read;

    Bounded(InputStream body, int limit, Clock clock) {
      super(body);
      this.limit = limit;
      this.clock = clock;
      this.began = clock.instant();
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      count(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int got = super.read(bytes, offset, length);
      count(got);
      return got;
    }

    private void count(int got) {
      read += Math.max(0, got);
      if (read > limit) throw new FailureException(new ApiFailure.BodyTooLarge(limit, read));
      var elapsed = Duration.between(began, clock.instant());
      if (elapsed.compareTo(GRACE.plusSeconds(read / MIN_BYTES_PER_SECOND)) > 0) {
        throw new FailureException(new ApiFailure.BodyTooSlow(MIN_BYTES_PER_SECOND, read, elapsed));
      }
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }

  private record Read(HttpHeaders headers, InputStream body) implements HttpInputMessage {

    @Override
    public InputStream getBody() {
      return body;
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }
  }
}
