package dev.darkroom.audit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request for a change, as it came to its end. Holds no body, no query and no token.
///
/// @param route the template of the path; null where nothing is served there
/// @param things the ids that the path names and, as `id`, that of what was made
record NewEntry(
    String requestId,
    long organizationId,
    long tokenId,
    String method,
    @Nullable String route,
    Map<String, String> things,
    int status) {

  NewEntry {
    things = Map.copyOf(things);
  }
}
