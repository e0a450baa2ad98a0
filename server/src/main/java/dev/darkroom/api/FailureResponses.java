package dev.darkroom.api;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Turns every failure of a request into the contract's error body.
@RestControllerAdvice
class FailureResponses {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  @ExceptionHandler(Exception.class)
  ResponseEntity<ErrorBody> answer(
      Exception exception, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (response.isCommitted()) {
      // Half of an answer is out: only a broken connection still tells the client.
      throw exception;
    }
    var failure = RequestFailures.of(exception);
    RequestFailures.log(failure, request, exception);
    // Nothing that was said of the bytes that do not come holds for the failure.
    response.resetBuffer();
    response.setContentLengthLong(-1);
    SecurityHeaders.set(response);
    return answer(failure, request, headers(exception));
  }

  static ResponseEntity<ErrorBody> answer(
      Failure failure, HttpServletRequest request, HttpHeaders headers) {
    var answer =
        ResponseEntity.status(failure.status())
            .headers(headers)
            .contentType(MediaType.APPLICATION_JSON);
    if (failure.status() == 401) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if ((failure.status() == 503 || failure.status() == 429) && failure.retry() != Retry.NEVER) {
      answer.header(HttpHeaders.RETRY_AFTER, Long.toString(retryAfterSeconds(failure)));
    }
    return answer.body(ErrorBody.of(failure, requestId(request)));
  }

  /// Whole seconds, 1 at least, and none too early.
  private static long retryAfterSeconds(Failure failure) {
    var wait = Objects.requireNonNullElse(failure.retryAfter(), RETRY_AFTER);
    return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
  }

  private static HttpHeaders headers(Exception exception) {
    return exception instanceof ErrorResponse e ? e.getHeaders() : HttpHeaders.EMPTY;
  }

  /// The id that the request got first of all; a new one where it never came so far.
  static RequestId requestId(HttpServletRequest request) {
    return request.getAttribute(RequestId.class.getName()) instanceof RequestId id
        ? id
        : RequestId.random();
  }
}
