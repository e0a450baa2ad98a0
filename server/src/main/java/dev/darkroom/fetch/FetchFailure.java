package dev.darkroom.fetch;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why nothing, or not all of it, came from a client's URL. Messages show the URL that the client
/// gave, never what it was redirected to, and never its query.
public sealed interface FetchFailure extends Failure {

  @Override
  default int status() {
    return 400;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// The text cannot be fetched from, whatever answers there.
  record InvalidUrl(UrlProblem problem) implements FetchFailure {
    @Override
    public String type() {
      return "source.invalid-url";
    }

    @Override
    public String message() {
      return problem.sentence();
    }
  }

  record UrlTooLong(int length, int max) implements FetchFailure {
    @Override
    public String type() {
      return "source.invalid-url";
    }

    @Override
    public String message() {
      return "The URL has %d characters; at most %d are allowed.".formatted(length, max);
    }

    @Override
    public Long limit() {
      return (long) max;
    }

    @Override
    public Long actual() {
      return (long) length;
    }
  }

  /// No connection. One value for all of its causes, retry included: a client must not learn which
  /// private names and ports exist from how they are refused.
  record Unreachable(SourceUrl url) implements FetchFailure {
    @Override
    public String type() {
      return "source.unreachable";
    }

    @Override
    public String message() {
      return "%s cannot be reached: use a host name that resolves to a public address and accepts connections."
          .formatted(url);
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }
  }

  /// The TLS handshake failed, at an address that may be fetched from.
  record Untrusted(SourceUrl url) implements FetchFailure {
    @Override
    public String type() {
      return "source.untrusted";
    }

    @Override
    public String message() {
      return "%s has no TLS certificate that is trusted for its host; give it a valid one."
          .formatted(url);
    }
  }

  /// The source was too slow to connect, to answer or to go on.
  record TimedOut(SourceUrl url, Duration waited) implements FetchFailure {
    @Override
    public String type() {
      return "source.timed-out";
    }

    @Override
    public String message() {
      return "%s sent nothing within %s s; try again when it answers faster."
          .formatted(url, waited.toMillis() / 1000.0);
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }
  }

  /// The connection ended before the answer did.
  record ConnectionLost(SourceUrl url) implements FetchFailure {
    @Override
    public String type() {
      return "source.connection-lost";
    }

    @Override
    public String message() {
      return "The connection to %s broke before all of the answer had arrived; try again."
          .formatted(url);
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }
  }

  /// What answered does not speak HTTP, or not within sane bounds.
  record NotHttp(SourceUrl url) implements FetchFailure {
    @Override
    public String type() {
      return "source.not-http";
    }

    @Override
    public String message() {
      return "%s does not answer as an HTTP server does; check the URL's scheme and port."
          .formatted(url);
    }

    @Override
    public Retry retry() {
      return Retry.LATER; // A connection that breaks within the headers reads the same.
    }
  }

  /// An answer other than 2xx.
  ///
  /// @param code what the source answered; [#status] is the contract's
  /// @param retryAfter what the source's `Retry-After` asks for
  /// @param expired whether the answer looks like an object store's to an expired signature
  record BadStatus(SourceUrl url, int code, @Nullable Duration retryAfter, boolean expired)
      implements FetchFailure {
    @Override
    public String type() {
      return "source.bad-status";
    }

    @Override
    public String message() {
      return expired
          ? "%s answered %d: its signature has probably expired; make a new signed URL."
              .formatted(url, code)
          : "%s answered %d; give a URL that answers 200 or 206 to a GET.".formatted(url, code);
    }

    @Override
    public Retry retry() {
      boolean passing = code == 408 || code == 425 || code == 429 || code >= 500;
      return passing ? Retry.LATER : Retry.NEVER;
    }
  }

  /// A redirect to something that is no URL to fetch from.
  record BadRedirect(SourceUrl url) implements FetchFailure {
    @Override
    public String type() {
      return "source.bad-redirect";
    }

    @Override
    public String message() {
      return "%s redirects to something that is no http or https URL; give the URL of the file itself."
          .formatted(url);
    }
  }

  record TooManyRedirects(SourceUrl url, int max) implements FetchFailure {
    @Override
    public String type() {
      return "source.too-many-redirects";
    }

    @Override
    public String message() {
      return "%s redirects more than %d times; give the URL that it ends at.".formatted(url, max);
    }

    @Override
    public Long limit() {
      return (long) max;
    }
  }
}
