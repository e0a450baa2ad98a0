package dev.darkroom.api;

import dev.darkroom.failure.FailureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/// Reads a JSON body whole before anything parses it, and none that is larger than any request has
/// use for.
@ControllerAdvice
class BodyLimit extends RequestBodyAdviceAdapter {

  static final int MAX_BYTES = 1 << 20;

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
    var declared = message.getHeaders().getContentLength();
    if (declared > MAX_BYTES) {
      throw new FailureException(new ApiFailure.BodyTooLarge(MAX_BYTES, declared));
    }
    var body = message.getBody().readNBytes(MAX_BYTES + 1);
    if (body.length > MAX_BYTES) {
      throw new FailureException(new ApiFailure.BodyTooLarge(MAX_BYTES, body.length));
    }
    return new Read(message.getHeaders(), new ByteArrayInputStream(body));
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
