package dev.darkroom.provider;

import tools.jackson.databind.JsonNode;

/// What a provider that is there says to a request.
public sealed interface Answer {

  /// A 2xx with JSON.
  record Given(JsonNode body) implements Answer {}

  /// A 4xx that is about this one request.
  ///
  /// @param said the start of its text, in one line and without secrets; for the operator's log
  record Refused(int status, String said) implements Answer {}

  /// A 2xx that cannot be read.
  ///
  /// @param problem follows "it": such as `answered with something that is not JSON`
  record Unusable(String problem) implements Answer {}
}
