package dev.darkroom.provider;

import dev.darkroom.fetch.RetryAfter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;

/// What is wrong with a provider, and in all but one case not with what it was asked.
///
/// @param reason follows the provider's name and a colon; without secrets, and without any word of
///   the provider's
/// @param busy it takes no more for now, but is there
/// @param passing whether the same request may succeed in a moment
/// @param retryAfter how long the provider asks to be left alone, where it does
/// @param mayBeTheRequests whether the request itself may be what the provider fails at
record Fault(
    String reason,
    boolean busy,
    boolean passing,
    @Nullable Duration retryAfter,
    boolean mayBeTheRequests) {

  Fault(String reason, boolean busy, boolean passing, @Nullable Duration retryAfter) {
    this(reason, busy, passing, retryAfter, false);
  }

  /// Null for a status that says nothing against the provider: 2xx, and a 4xx about this one
  /// request.
  static @Nullable Fault of(int status, HttpHeaders headers) {
    var retryAfter =
        RetryAfter.parse(
            headers.getFirst(HttpHeaders.RETRY_AFTER), headers.getFirst(HttpHeaders.DATE));
    return switch (status) {
      case 429 -> new Fault("it answers 429, too many requests", true, true, retryAfter);
      case 408, 409 -> new Fault("it answers " + status, false, true, retryAfter);
      case 401, 403 -> lasting("it answers %d; check its api-key".formatted(status));
      case 402 -> lasting("it answers 402; check what is paid for");
      case 404, 405, 410 ->
          lasting("it answers %d; check its base-url and model".formatted(status));
      default -> ofClass(status, retryAfter);
    };
  }

  private static @Nullable Fault ofClass(int status, @Nullable Duration retryAfter) {
    return switch (status / 100) {
      case 2, 4 -> null;
      case 3 ->
          lasting(
              "it answers %d, a redirect, which is not followed; set the final base-url"
                  .formatted(status));
      default -> new Fault("it answers " + status, false, true, retryAfter, status == 500);
    };
  }

  /// A page for people, from a proxy or a base-url that is not an API's.
  static Fault notAnApi() {
    return lasting("it answers with a web page; check its base-url");
  }

  /// The operator's to mend, so nothing is gained by asking again at once.
  private static Fault lasting(String reason) {
    return new Fault(reason, false, false, null);
  }

  /// No answer, or not all of it.
  static Fault of(IOException problem) {
    var reason =
        switch (problem) {
          case HttpTimeoutException _ -> "it did not answer in time";
          case UnknownHostException _ -> "its host is not known";
          case ConnectException _ when isUnresolved(problem) -> "its host is not known";
          case ConnectException _ -> "it cannot be reached";
          case SSLException _ -> "no TLS connection can be made; check its certificate";
          default -> "the connection broke";
        };
    return new Fault(reason, false, true, null);
  }

  /// The JDK's client wraps what the lookup says.
  private static boolean isUnresolved(IOException problem) {
    return NestedExceptionUtils.getMostSpecificCause(problem) instanceof UnresolvedAddressException;
  }

  /// Carries a fault out of a try.
  static final class Met extends RuntimeException {

    private final transient Fault fault;

    Met(Fault fault, @Nullable Throwable cause) {
      super(fault.reason(), cause);
      this.fault = fault;
    }

    Fault fault() {
      return fault;
    }
  }
}
