package dev.darkroom.audit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An entry of the log, as it goes out.
///
/// @param organization its name at the time; null where it was purged in that moment
/// @param token its name
record AuditEntry(
    long id,
    Instant at,
    String requestId,
    long organizationId,
    @Nullable String organization,
    long tokenId,
    @Nullable String token,
    String method,
    @Nullable String route,
    Map<String, String> things,
    int status) {

  AuditEntry {
    things = Map.copyOf(things);
  }
}
