package dev.darkroom.audit;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.api.Caller;
import dev.darkroom.audit.AuditQuery.Cursor;
import dev.darkroom.failure.FailureException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AuditController {

  private static final int MAX_LIMIT = 1000;

  private final AuditLog log;

  AuditController(AuditLog log) {
    this.log = log;
  }

  @GetMapping(path = "/admin/audit", produces = MediaType.APPLICATION_JSON_VALUE)
  Answer list(
      Caller caller,
      @RequestParam(name = "organization", required = false) @Nullable String organization,
      @RequestParam(name = "from", required = false) @Nullable String from,
      @RequestParam(name = "to", required = false) @Nullable String to,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", defaultValue = "100") int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new FailureException(
          new ApiFailure.ParameterInvalid("limit", "an integer from 1 to " + MAX_LIMIT));
    }
    var query = AuditQuery.of(organization, from, to, cursor);
    caller.requireAdmin();
    return Answer.of(log.page(query, limit + 1), limit);
  }

  /// @param nextCursor null where there is no more
  record Answer(List<AuditEntry> entries, @Nullable String nextCursor) {

    Answer {
      entries = List.copyOf(entries);
    }

    /// @param found one more than the limit, where there is more
    static Answer of(List<AuditEntry> found, int limit) {
      if (found.size() <= limit) return new Answer(found, null);
      var entries = found.subList(0, limit);
      return new Answer(entries, Cursor.of(entries.getLast()).toString());
    }
  }
}
