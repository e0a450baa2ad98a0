package dev.darkroom.cli;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Why a command cannot go on, in words for the person at the keyboard. Printed without a stack
/// trace; anything else that is thrown is a bug.
abstract sealed class CommandFailure extends RuntimeException {

  CommandFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The second line of the error, or an empty text.
  String details() {
    return "";
  }

  /// No answer came: nothing listens, or the connection broke before the answer was complete.
  static final class Unreachable extends CommandFailure {
    private final Throwable reason;

    Unreachable(URI server, Throwable reason) {
      super("No server answers at %s.".formatted(server), reason);
      this.reason = reason;
    }

    @Override
    String details() {
      boolean nobody =
          reason instanceof ConnectException || reason instanceof HttpConnectTimeoutException;
      return nobody
          ? "Start one with: ./darkroom serve (or name another: --server URL)."
          : Printable.of("The connection failed: " + reason);
    }
  }

  /// The server answered with an error.
  static final class Refused extends CommandFailure {

    /// What is said of an upload that can neither be gone on with nor be used.
    private static final Set<String> OF_LOST_UPLOADS =
        Set.of(
            "staged-upload.already-used",
            "staged-upload.gone",
            "staged-upload.not-found",
            "staged-upload.expired",
            "staged-upload.not-a-zip",
            "staged-upload.too-many-pieces",
            "staged-upload.too-long");

    final int status;
    private final @Nullable String type;
    private final @Nullable String requestId;
    private final @Nullable Duration retryAfter;

    Refused(Reply reply) {
      super(reply.errorMessage(), null);
      this.status = reply.status();
      this.type = reply.errorField("type");
      this.requestId = reply.errorField("request_id");
      this.retryAfter = reply.retryAfter();
    }

    /// True where the same request may succeed a little later.
    boolean passing() {
      return status == 429 || status >= 500;
    }

    /// Whether what was sent before is of no use, so that it has to be sent anew.
    boolean ofLostUpload() {
      return type != null && OF_LOST_UPLOADS.contains(type);
    }

    boolean isOf(String refusalType) {
      return refusalType.equals(type);
    }

    /// How long the server asks to wait, or the fallback where it does not say.
    Duration retryAfter(Duration fallback) {
      return retryAfter == null ? fallback : retryAfter;
    }

    @Override
    String details() {
      var text = new StringBuilder("HTTP ").append(status);
      if (type != null) text.append(", ").append(type);
      if (requestId != null) text.append(", request ").append(requestId);
      return text.toString();
    }
  }

  /// The server answered with what no Darkroom server says.
  static final class Unexpected extends CommandFailure {
    Unexpected(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// The command was asked to stop while it waited.
  static final class Stopped extends CommandFailure {
    Stopped() {
      super("Stopped.", null);
    }
  }

  /// Bytes that were on their way and came no further; the same command goes on with them.
  static final class Interrupted extends CommandFailure {
    private final int percent;

    Interrupted(String message, int percent, @Nullable Throwable cause) {
      super(message, cause);
      this.percent = percent;
    }

    @Override
    String details() {
      return "Run the same command again: it goes on at %d %%.".formatted(percent);
    }
  }

  /// Something on this machine is in the way: a port that is taken, a file that is missing.
  static final class Local extends CommandFailure {
    private final String details;

    Local(String message, String details) {
      super(message, null);
      this.details = details;
    }

    @Override
    String details() {
      return details;
    }
  }
}
