package dev.darkroom.api;

import java.util.UUID;

/// The name of one request: in its answer's `X-Request-Id`, in the error body and in the log lines.
/// A controller takes it as an argument.
public record RequestId(String value) {

  static final String HEADER = "X-Request-Id";

  static RequestId random() {
    return new RequestId(UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
