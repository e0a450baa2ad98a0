package dev.darkroom.admin;

import dev.darkroom.account.NewToken;
import dev.darkroom.account.Scope;
import dev.darkroom.api.ApiFailure;
import dev.darkroom.api.Fields;
import dev.darkroom.failure.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// What a client sends to make a token.
///
/// @param expiresIn in seconds
/// @param expiresAt a time in ISO 8601
record TokenForm(
    @Nullable String organization,
    @Nullable String name,
    @Nullable Scope scope,
    @Nullable Long expiresIn,
    @Nullable String expiresAt) {

  /// A hundred years: a token that is to live for longer has no end.
  private static final Duration MAX_VALIDITY = Duration.ofDays(36_500);

  NewToken checked(Instant now) {
    return new NewToken(
        Names.required("organization", organization),
        Names.required("name", name),
        Fields.required("scope", scope),
        validFor(now));
  }

  private @Nullable Duration validFor(Instant now) {
    if (expiresIn != null && expiresAt != null) {
      throw invalid("expires_at", "left out where expires_in is given");
    }
    if (expiresIn != null) return validity("expires_in", expiresIn);
    if (expiresAt == null) return null;
    try {
      return validity("expires_at", Duration.between(now, Instant.parse(expiresAt)).toSeconds());
    } catch (DateTimeParseException _) {
      throw invalid("expires_at", "a time such as 2026-05-26T12:00:00Z");
    }
  }

  private static Duration validity(String field, long seconds) {
    if (seconds < 1 || seconds > MAX_VALIDITY.toSeconds()) {
      throw invalid(field, "in the future, and no further than 100 years");
    }
    return Duration.ofSeconds(seconds);
  }

  private static FailureException invalid(String field, String rule) {
    return new FailureException(new ApiFailure.FieldInvalid(field, rule));
  }
}
