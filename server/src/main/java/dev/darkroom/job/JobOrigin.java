package dev.darkroom.job;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a job comes from.
///
/// @param requestId of the request that began it
/// @param traceparent the trace of that request, as W3C Trace Context writes it
record JobOrigin(@Nullable String requestId, @Nullable String traceparent) {

  static final String TRACEPARENT = "traceparent";

  static final JobOrigin UNKNOWN = new JobOrigin(null, null);

  Map<String, String> traceHeaders() {
    return traceparent == null ? Map.of() : Map.of(TRACEPARENT, traceparent);
  }
}
