package dev.darkroom.account;

import dev.darkroom.account.AccountFailure.TokenNameTaken;
import dev.darkroom.account.AccountFailure.TokenNotUsable;
import dev.darkroom.failure.FailureException;
import dev.darkroom.secret.MasterKey;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Makes tokens: the one place that knows their texts, each for as long as it takes to show it.
@Repository
public class TokenMint {

  // Whatever else it clashes with, by its text or by its name, stays as it is.
  private static final String ADD =
      """
      INSERT INTO api_token (organization_id, name, scope, sha256, sealed_webhook_key, created_at, expires_at)
      SELECT id, :name, :scope, :sha256, :sealedWebhookKey, :now, :expiresAt
      FROM organization WHERE name = :organization AND purge_requested_at IS NULL
      ON CONFLICT DO NOTHING
      """;

  // The old one goes and the new one comes in one statement, so that none of two that rotate it at
  // the same time is left with a text that nobody takes.
  private static final String ROTATE =
      """
      WITH old AS (
        UPDATE api_token
        SET superseded_at = :now,
            revoked_at = CASE WHEN :graceEnd <= :now THEN :now END,
            expires_at = CASE WHEN :graceEnd <= :now THEN expires_at ELSE least(expires_at, :graceEnd) END
        WHERE id = :id AND revoked_at IS NULL AND superseded_at IS NULL
          AND coalesce(expires_at > :now, true)
        RETURNING organization_id, name, scope)
      INSERT INTO api_token (organization_id, name, scope, sha256, sealed_webhook_key, created_at, expires_at)
      SELECT organization_id, name, scope, :sha256, :sealedWebhookKey, :now, :expiresAt FROM old
      """;

  private final JdbcClient jdbc;
  private final Organizations organizations;
  private final ApiTokens tokens;
  private final MasterKey masterKey;
  private final Clock clock;

  TokenMint(
      JdbcClient jdbc,
      Organizations organizations,
      ApiTokens tokens,
      MasterKey masterKey,
      Clock clock) {
    this.jdbc = jdbc;
    this.organizations = organizations;
    this.tokens = tokens;
    this.masterKey = masterKey;
    this.clock = clock;
  }

  /// Makes a token in an organization that is there and not to be purged.
  public MadeToken create(NewToken token) {
    var text = TokenText.random();
    if (!insert(token, text)) {
      throw new FailureException(new TokenNameTaken(token.organization(), token.name()));
    }
    return made(text);
  }

  /// Makes a token in the place of another one, which works on for the time of grace, and not at
  /// all where that is none. The new one has the old one's name and scope, and is valid for as long
  /// as that was made for.
  public MadeToken rotate(ApiToken old, Duration grace) {
    if (old.isRevoked()) throw notUsable(old);
    var text = TokenText.random();
    var now = OffsetDateTime.now(clock);
    int rotated =
        jdbc.sql(ROTATE)
            .param("id", old.id())
            .param("now", now)
            .param("graceEnd", now.plus(grace))
            .params(secrets(text))
            .param("expiresAt", after(now, old.lifetime()))
            .update();
    if (rotated == 0) throw notUsable(old);
    return made(text);
  }

  private static FailureException notUsable(ApiToken token) {
    return new FailureException(new TokenNotUsable(token.organization(), token.name()));
  }

  private MadeToken made(TokenText text) {
    return new MadeToken(tokens.find(text.value()).orElseThrow(), text.value());
  }

  /// Adds a token, and its organization where there is none of that name. Adds nothing, and says
  /// so, where the organization has a token of that name or anyone has one with that text.
  boolean add(NewToken token, TokenText text) {
    var _ = organizations.add(token.organization());
    return insert(token, text);
  }

  private boolean insert(NewToken token, TokenText text) {
    var now = OffsetDateTime.now(clock);
    return jdbc.sql(ADD)
            .param("organization", token.organization())
            .param("name", token.name())
            .param("scope", token.scope().toString())
            .params(secrets(text))
            .param("now", now)
            .param("expiresAt", after(now, token.validFor()))
            .update()
        == 1;
  }

  private Map<String, Object> secrets(TokenText text) {
    return Map.of(
        "sha256",
        text.sha256(),
        "sealedWebhookKey",
        masterKey.seal(WebhookKeys.PURPOSE, text.webhookKey()));
  }

  private static @Nullable OffsetDateTime after(OffsetDateTime now, @Nullable Duration time) {
    return time == null ? null : now.plus(time);
  }
}
