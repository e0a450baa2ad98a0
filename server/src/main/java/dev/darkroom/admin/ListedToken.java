package dev.darkroom.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.darkroom.account.ApiToken;
import dev.darkroom.account.MadeToken;
import dev.darkroom.account.Scope;
import dev.darkroom.api.Identified;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token, as operators see it.
record ListedToken(
    long id,
    String organization,
    String name,
    Scope scope,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant supersededAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {

  static ListedToken of(ApiToken token) {
    return new ListedToken(
        token.id(),
        token.organization(),
        token.name(),
        token.scope(),
        token.createdAt(),
        token.expiresAt(),
        token.supersededAt(),
        token.revokedAt(),
        token.lastUsedAt());
  }

  /// The same, this once with its text.
  record Shown(@JsonUnwrapped ListedToken listed, String token) implements Identified {

    static Shown of(MadeToken made) {
      return new Shown(ListedToken.of(made.token()), made.text());
    }

    @Override
    public long id() {
      return listed.id();
    }

    @Override
    public String toString() {
      return "Shown[listed=%s]".formatted(listed);
    }
  }
}
