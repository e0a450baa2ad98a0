package dev.darkroom.audit;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.failure.FailureException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which entries are asked for.
///
/// @param from the first moment
/// @param to the first moment that is no longer asked for
/// @param cursor the entry that was given last
record AuditQuery(
    @Nullable String organization,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Cursor cursor) {

  private static final Pattern TIME = Pattern.compile("[0-9]{4}-.*");

  /// The place of an entry in the log.
  record Cursor(Instant at, long id) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    static Cursor of(AuditEntry entry) {
      return new Cursor(entry.at(), entry.id());
    }

    static Cursor parse(String text) {
      var parts = TEXT.matcher(text);
      if (!parts.matches()) throw invalid("cursor", "the next_cursor of an answer");
      return new Cursor(
          Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS),
          Long.parseLong(parts.group(2)));
    }

    @Override
    public String toString() {
      return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "-" + id;
    }
  }

  static AuditQuery of(
      @Nullable String organization,
      @Nullable String from,
      @Nullable String to,
      @Nullable String cursor) {
    return new AuditQuery(
        organization,
        time("from", from),
        time("to", to),
        cursor == null ? null : Cursor.parse(cursor));
  }

  private static @Nullable Instant time(String parameter, @Nullable String text) {
    if (text == null) return null;
    try {
      // Years of four digits: the database has no room for all that can be parsed.
      if (TIME.matcher(text).matches()) return Instant.parse(text);
    } catch (DateTimeException _) {
      // Falls through to the one answer for all that is no time.
    }
    throw invalid(parameter, "a time such as 2026-05-26T12:00:00Z");
  }

  private static FailureException invalid(String parameter, String rule) {
    return new FailureException(new ApiFailure.ParameterInvalid(parameter, rule));
  }
}
