package dev.darkroom.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.darkroom.failure.Failure;
import org.jspecify.annotations.Nullable;

/// The body of every answer that is not a success.
record ErrorBody(
    String message,
    Reason error,
    String requestId,
    String type,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long limit,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long actual) {

  /// The same for clients that look for it here.
  record Reason(int code, String message, String details) {}

  static ErrorBody of(Failure failure, RequestId requestId) {
    return new ErrorBody(
        failure.message(),
        new Reason(failure.status(), failure.message(), failure.type()),
        requestId.value(),
        failure.type(),
        failure.limit(),
        failure.actual());
  }
}
