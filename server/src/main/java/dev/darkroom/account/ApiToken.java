package dev.darkroom.account;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token of an organization. Its text is nowhere: whoever made it saw it once.
///
/// @param organizationSuspended whether the operator has suspended the organization
/// @param supersededAt when another token was made in its place; it works on until it expires
/// @param revokedAt of an organization that is purged, since when that is so
/// @param lastUsedAt to the minute
public record ApiToken(
    long id,
    long organizationId,
    String organization,
    boolean organizationSuspended,
    String name,
    Scope scope,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant supersededAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {

  /// How exactly the last use is noted, so that noting it costs next to nothing.
  private static final Duration USE_INTERVAL = Duration.ofMinutes(1);

  public boolean isRevoked() {
    return revokedAt != null;
  }

  public boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /// Whether a use now is to be noted.
  boolean isUseNews(Instant now) {
    return lastUsedAt == null || !now.isBefore(lastUsedAt.plus(USE_INTERVAL));
  }

  /// How long it was made for; null for ever.
  @Nullable Duration lifetime() {
    return expiresAt == null ? null : Duration.between(createdAt, expiresAt);
  }
}
