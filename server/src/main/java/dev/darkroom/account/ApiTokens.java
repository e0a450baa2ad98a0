package dev.darkroom.account;

import dev.darkroom.account.AccountFailure.TokenNotFound;
import dev.darkroom.account.AccountFailure.TokenNotUsable;
import dev.darkroom.failure.FailureException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The tokens in the database, each known by the SHA-256 of its text only.
@Repository
public class ApiTokens {

  private static final String SELECT =
      """
      SELECT api_token.*, organization.name AS organization, organization.suspended_at,
             coalesce(revoked_at, purge_requested_at) AS ended_at
      FROM api_token JOIN organization ON organization.id = organization_id
      """;

  private static final String FIND = SELECT + "WHERE sha256 = :sha256";

  private static final String FIND_BY_ID = SELECT + "WHERE api_token.id = :id";

  private static final String FIND_CURRENT =
      SELECT
          + """
          WHERE organization.name = :organization AND api_token.name = :name
            AND revoked_at IS NULL AND superseded_at IS NULL
          """;

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

  private static final String REVOKE_ONE =
      "UPDATE api_token SET revoked_at = coalesce(revoked_at, :now) WHERE id = :id";

  private static final String NOTE_USE =
      """
      UPDATE api_token SET last_used_at = :now
      WHERE id = :id AND last_used_at IS NOT DISTINCT FROM :before
      """;

  private static final String HAS_ADMIN =
      """
      SELECT EXISTS (
        SELECT FROM api_token JOIN organization ON organization.id = organization_id
        WHERE scope = 'admin' AND revoked_at IS NULL AND coalesce(expires_at > :now, true)
          AND suspended_at IS NULL AND purge_requested_at IS NULL)
      """;

  private static final String EXISTS = "SELECT EXISTS (SELECT FROM api_token)";

  private final JdbcClient jdbc;
  private final Clock clock;

  ApiTokens(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// The token with this text, whether it still lets anyone in or not.
  public Optional<ApiToken> find(String text) {
    if (!TokenText.isValid(text)) {
      return Optional.empty();
    }
    var sha256 = new TokenText(text).sha256();
    return jdbc.sql(FIND)
        .param("sha256", sha256)
        .query((row, index) ->
            // Once more, and in constant time: how long the index compares depends on what it
            // holds.
            MessageDigest.isEqual(sha256, row.getBytes("sha256"))
                ? Optional.of(map(row, index))
                : Optional.<ApiToken>empty())
        .optional()
        .flatMap(found -> found);
  }

  public ApiToken get(long id) {
    return jdbc.sql(FIND_BY_ID)
        .param("id", id)
        .query(ApiTokens::map)
        .optional()
        .orElseThrow(() -> new FailureException(new TokenNotFound(id)));
  }

  /// The organization's token of this name that the next rotation is about.
  ApiToken getCurrent(String organization, String name) {
    return jdbc.sql(FIND_CURRENT)
        .param("organization", organization)
        .param("name", name)
        .query(ApiTokens::map)
        .optional()
        .orElseThrow(() -> new FailureException(new TokenNotUsable(organization, name)));
  }

  /// Notes that the token has let somebody in, once a minute at most.
  public void noteUse(ApiToken token) {
    var now = clock.instant();
    if (!token.isUseNews(now)) return;
    jdbc.sql(NOTE_USE)
        .param("id", token.id())
        .param("before", offset(token.lastUsedAt()))
        .param("now", offset(now))
        .update();
  }

  /// All tokens, or those of one organization.
  public List<ApiToken> list(@Nullable String organization) {
    return jdbc.sql(LIST).param("organization", organization).query(ApiTokens::map).list();
  }

  /// Ends a token for ever, and those that it was rotated in place of; false where no unrevoked one
  /// has the name.
  boolean revoke(String organization, String name) {
    return jdbc.sql(REVOKE)
            .param("organization", organization)
            .param("name", name)
            .param("now", OffsetDateTime.now(clock))
            .update()
        > 0;
  }

  /// Ends a token for ever, where it is not at its end already.
  public void revoke(ApiToken token) {
    jdbc.sql(REVOKE_ONE).param("id", token.id()).param("now", OffsetDateTime.now(clock)).update();
  }

  /// Whether a token with the scope admin lets anyone in.
  public boolean hasAdmin() {
    return jdbc.sql(HAS_ADMIN)
        .param("now", OffsetDateTime.now(clock))
        .query((row, _) -> row.getBoolean(1))
        .single();
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
        instant(row, "superseded_at"),
        instant(row, "ended_at"),
        instant(row, "last_used_at"));
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
