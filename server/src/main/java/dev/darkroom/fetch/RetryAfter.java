package dev.darkroom.fetch;

import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/// Reads the `Retry-After` header (RFC 9110, section 10.2.3), in both of its forms.
public final class RetryAfter {

  private RetryAfter() {}

  /// The pause that an answer asks for; null where it asks for none that can be told.
  ///
  /// @param date the answer's `Date` header: a date is a pause only by the clock that wrote it
  public static @Nullable Duration parse(@Nullable String retryAfter, @Nullable String date) {
    if (retryAfter == null) {
      return null;
    }
    if (retryAfter.strip().matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
    }
    @Nullable Instant until = DateUtils.parseStandardDate(retryAfter);
    @Nullable Instant now = date == null ? null : DateUtils.parseStandardDate(date);
    if (until == null || now == null) {
      return null;
    }
    Duration pause = Duration.between(now, until);
    return pause.isNegative() ? Duration.ZERO : pause;
  }
}
