package dev.darkroom.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;

/// Tells the faults of an S3 store, which the SDK throws unchecked, as what an [ObjectStore]
/// throws. None names a key.
///
/// @param store the bucket and the address, as an operator knows them
record S3Fault(String store) {

  /// Something of the SDK's that throws its exceptions.
  @FunctionalInterface
  interface Call<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /// Runs the call; whatever is the store's fault is an `IOException`.
  <T extends @Nullable Object> T guard(Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (SdkException e) {
      throw of(e);
    }
  }

  /// What the exception means. An interrupt stays set, and the connection that it broke is no fault
  /// of the store's.
  IOException of(SdkException exception) {
    if (exception instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted while talking to " + store);
      interrupted.initCause(exception);
      return interrupted;
    }
    return new IOException("%s: %s".formatted(store, reason(exception)), exception);
  }

  private static String reason(SdkException exception) {
    return switch (exception) {
      case AwsServiceException refused -> reason(refused);
      case ApiCallAttemptTimeoutException _, ApiCallTimeoutException _ ->
          "it did not take the request, or answer it, in time";
      default -> reason(root(exception), exception);
    };
  }

  private static String reason(AwsServiceException refused) {
    var details = refused.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String answer = "%d %s".formatted(refused.statusCode(), code).strip();
    return switch (refused.statusCode()) {
      case 404 -> "there is no such bucket (%s)".formatted(answer);
      case 401, 403 -> "it denies access (%s)".formatted(answer);
      case 301, 307 -> "the bucket is in another region (%s)".formatted(answer);
      default ->
          "it answers %s: %s"
              .formatted(answer, details == null ? "no reason" : details.errorMessage());
    };
  }

  private static String reason(Throwable root, SdkException exception) {
    return switch (root) {
      case UnknownHostException _ -> "its host name is not known";
      case ConnectTimeoutException _, ConnectException _, NoRouteToHostException _ ->
          "nothing answers at its address";
      case SocketTimeoutException _ -> "it sends nothing";
      default -> String.valueOf(exception.getMessage());
    };
  }

  /// Whether the same request may well succeed within a second. A store that is silent, or not
  /// there, is not asked again.
  static boolean mayPassAtOnce(Throwable thrown) {
    return switch (thrown) {
      case AwsServiceException refused ->
          refused.statusCode() >= 500
              || isThrottling(refused)
              || RetryUtils.isClockSkewException(refused);
      case SdkClientException lost -> isBrokenConnection(root(lost));
      default -> false;
    };
  }

  static boolean isThrottling(Throwable thrown) {
    return thrown instanceof SdkException refused && RetryUtils.isThrottlingException(refused);
  }

  /// As where the store has closed a connection of the pool.
  private static boolean isBrokenConnection(Throwable root) {
    return switch (root) {
      case SocketTimeoutException _, UnknownHostException _, ConnectException _ -> false;
      case NoRouteToHostException _ -> false;
      case IOException _ -> true;
      default -> false;
    };
  }

  private static Throwable root(Throwable exception) {
    Throwable root = exception;
    while (root.getCause() != null) root = root.getCause();
    return root;
  }
}
