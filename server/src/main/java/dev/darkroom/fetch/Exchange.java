package dev.darkroom.fetch;

import dev.darkroom.failure.FailureException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/// One fetch, from the URL that the client gave through every redirect: what its failures name, and
/// what bounds it.
record Exchange(SourceUrl source, FetchSettings settings, Deadline deadline) {

  /// What an exception of the client or of the network means to whoever gave the URL.
  FailureException failed(IOException problem) {
    return new FailureException(failure(problem), problem);
  }

  private FetchFailure failure(IOException problem) {
    if (deadline.passed()) {
      return new FetchFailure.TimedOut(source, deadline.length());
    }
    return switch (problem) {
      case UnknownHostException _ -> new FetchFailure.Unreachable(source);
      case ConnectTimeoutException _ -> timedOut(settings.connectTimeout());
      case SocketTimeoutException _ -> timedOut(settings.idleTimeout());
      case ConnectException _ -> new FetchFailure.Unreachable(source);
      case NoRouteToHostException _ -> new FetchFailure.Unreachable(source);
      case SSLPeerUnverifiedException _ -> new FetchFailure.Untrusted(source);
      case SSLHandshakeException _ when !(problem.getCause() instanceof EOFException) ->
          new FetchFailure.Untrusted(source);
      case NoHttpResponseException _ -> new FetchFailure.ConnectionLost(source);
      case ClientProtocolException _ -> new FetchFailure.NotHttp(source);
      case MessageConstraintException _ -> new FetchFailure.NotHttp(source);
      default -> new FetchFailure.ConnectionLost(source);
    };
  }

  private FetchFailure timedOut(Duration waited) {
    return new FetchFailure.TimedOut(source, waited);
  }
}
