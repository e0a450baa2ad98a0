package dev.darkroom.account;

import dev.darkroom.secret.MasterKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The tokens in the database, each known by the SHA-256 of its text only.
@Repository
public class ApiTokens {

  private static final String ADD_ORGANIZATION =
      """
      INSERT INTO organization (name, created_at) VALUES (:organization, :now)
      ON CONFLICT (name) DO NOTHING
      """;

  // Whatever else it clashes with, by its text or by its name, stays as it is.
  private static final String ADD =
      """
      INSERT INTO api_token (organization_id, name, scope, sha256, sealed_webhook_key, created_at, expires_at)
      SELECT id, :name, :scope, :sha256, :sealedWebhookKey, :now, :expiresAt
      FROM organization WHERE name = :organization
      ON CONFLICT DO NOTHING
      """;

  private static final String SELECT =
      """
      SELECT api_token.*, organization.name AS organization, organization.suspended_at
      FROM api_token JOIN organization ON organization.id = organization_id
      """;

  private static final String FIND = SELECT + "WHERE sha256 = :sha256";

  private static final String LIST =
      SELECT
          + """
          WHERE organization.name = coalesce(:organization, organization.name)
          ORDER BY organization.name, api_token.id
          """;

  private static final String REVOKE =
      """
      UPDATE api_token SET revoked_at = :now
      FROM organization
      WHERE organization.id = organization_id AND organization.name = :organization
        AND api_token.name = :name AND revoked_at IS NULL
      """;

  private static final String EXISTS = "SELECT EXISTS (SELECT FROM api_token)";

  private final JdbcClient jdbc;
  private final MasterKey masterKey;
  private final Clock clock;

  ApiTokens(JdbcClient jdbc, MasterKey masterKey, Clock clock) {
    this.jdbc = jdbc;
    this.masterKey = masterKey;
    this.clock = clock;
  }

  /// The token with this text, whether it still lets anyone in or not.
  public Optional<ApiToken> find(String text) {
    if (!TokenText.isValid(text)) {
      return Optional.empty();
    }
    return jdbc.sql(FIND)
        .param("sha256", new TokenText(text).sha256())
        .query(ApiTokens::map)
        .optional();
  }

  /// Adds a token, and its organization where there is none of that name. Adds nothing, and says
  /// so, where the organization has a token of that name or anyone has one with that text.
  boolean add(NewToken token, TokenText text) {
    var now = OffsetDateTime.now(clock);
    jdbc.sql(ADD_ORGANIZATION)
        .param("organization", token.organization())
        .param("now", now)
        .update();
    return jdbc.sql(ADD)
            .param("organization", token.organization())
            .param("name", token.name())
            .param("scope", token.scope().toString())
            .param("sha256", text.sha256())
            .param("sealedWebhookKey", masterKey.seal(WebhookKeys.PURPOSE, text.webhookKey()))
            .param("now", now)
            .param("expiresAt", expiry(token, now))
            .update()
        == 1;
  }

  private static @Nullable OffsetDateTime expiry(NewToken token, OffsetDateTime now) {
    return token.validFor() == null ? null : now.plus(token.validFor());
  }

  /// All tokens, or those of one organization.
  List<ApiToken> list(@Nullable String organization) {
    return jdbc.sql(LIST).param("organization", organization).query(ApiTokens::map).list();
  }

  /// Ends a token for ever; false where no unrevoked one has the name.
  boolean revoke(String organization, String name) {
    return jdbc.sql(REVOKE)
            .param("organization", organization)
            .param("name", name)
            .param("now", OffsetDateTime.now(clock))
            .update()
        == 1;
  }

  boolean isEmpty() {
    return !jdbc.sql(EXISTS).query((row, _) -> row.getBoolean(1)).single();
  }

  private static ApiToken map(ResultSet row, int index) throws SQLException {
    return new ApiToken(
        row.getLong("id"),
        row.getLong("organization_id"),
        row.getString("organization"),
        row.getObject("suspended_at") != null,
        row.getString("name"),
        Scope.valueOf(row.getString("scope").toUpperCase(Locale.ROOT)),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "expires_at"),
        instant(row, "revoked_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
