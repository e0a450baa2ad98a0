package dev.darkroom.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One way in which a request, an upload or an image can fail. Each module seals its own.
public interface Failure {

  /// A stable, documented name that goes out on the wire: kebab noun, dot, kebab reason, such as
  /// `archive.too-many-entries`.
  String type();

  /// The integer code that the contract gives this failure; an HTTP status where it answers a
  /// request.
  int status();

  /// One sentence that says what to do, with the measured value and the limit, without secrets or
  /// stack traces.
  String message();

  /// Whether the same thing may succeed when it is tried again later, unchanged.
  Retry retry();

  /// How long to wait before trying again, where that is known.
  default @Nullable Duration retryAfter() {
    return null;
  }

  /// The limit that was passed, where one was.
  default @Nullable Long limit() {
    return null;
  }

  /// The value that passed the limit, where one did.
  default @Nullable Long actual() {
    return null;
  }
}
