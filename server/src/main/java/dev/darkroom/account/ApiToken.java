package dev.darkroom.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token of an organization. Its text is nowhere: whoever made it saw it once.
///
/// @param organizationSuspended whether the operator has suspended the organization
public record ApiToken(
    long id,
    long organizationId,
    String organization,
    boolean organizationSuspended,
    String name,
    Scope scope,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  public boolean isRevoked() {
    return revokedAt != null;
  }

  public boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }
}
