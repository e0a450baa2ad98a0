package dev.darkroom.idempotency;

import dev.darkroom.secret.MasterKey;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The requests that came with a key (SQL of `idempotent_request`). A claim is good for half a
/// minute at a time: whoever works on a request renews it ([RunningClaims]), and a claim that
/// nobody renews is of a node that is gone, however long a slow one takes. What was claimed by
/// another meanwhile is written no more. All times are the database's, so that no node's clock
/// decides whose claim holds.
@Component
final class IdempotentRequests {

  /// A row that is dead is as good as none.
  private static final String CLAIM =
      """
      INSERT INTO idempotent_request AS known (token_id, name, claim, expires_at)
      VALUES (:tokenId, :name, :claim, now() + interval '30 seconds')
      ON CONFLICT (token_id, name) DO UPDATE
      SET claim = excluded.claim, expires_at = excluded.expires_at, body = NULL, answer = NULL
      WHERE known.expires_at <= now()
      """;

  private static final String FIND =
      """
      SELECT body, answer FROM idempotent_request
      WHERE token_id = :tokenId AND name = :name AND expires_at > now()
      """;
  private static final String RENEW =
      """
      UPDATE idempotent_request SET expires_at = now() + interval '30 seconds'
      WHERE claim = :claim AND answer IS NULL
      """;
  private static final String REMEMBER =
      """
      UPDATE idempotent_request SET body = :body, answer = :answer, expires_at = now() + interval '24 hours'
      WHERE claim = :claim
      """;
  private static final String FREE = "DELETE FROM idempotent_request WHERE claim = :claim";
  private static final String REMOVE_DEAD =
      "DELETE FROM idempotent_request WHERE expires_at <= now()";

  private static final String SEAL_PURPOSE = "idempotent-answer";

  private final JdbcClient jdbc;
  private final MasterKey masterKey;

  IdempotentRequests(JdbcClient jdbc, MasterKey masterKey) {
    this.jdbc = jdbc;
    this.masterKey = masterKey;
  }

  /// Who sends a request, and what it is called by.
  ///
  /// @param digest of its path, its query and its key
  record RequestName(long tokenId, String digest) {}

  /// What is known of a request: nothing but that it is under way, or how it was answered.
  sealed interface Known {

    record UnderWay() implements Known {}

    record Answered(String bodyDigest, Answer answer) implements Known {}
  }

  /// Claims a request that nothing is known of; empty where something is.
  Optional<UUID> claim(RequestName name) {
    var claim = UUID.randomUUID();
    int claimed =
        jdbc.sql(CLAIM)
            .param("tokenId", name.tokenId())
            .param("name", name.digest())
            .param("claim", claim)
            .update();
    return claimed == 1 ? Optional.of(claim) : Optional.empty();
  }

  Optional<Known> find(RequestName name) {
    return jdbc.sql(FIND)
        .param("tokenId", name.tokenId())
        .param("name", name.digest())
        .query((row, _) -> known(row.getString("body"), row.getBytes("answer")))
        .optional();
  }

  private Known known(@Nullable String body, byte @Nullable [] answer) {
    return body == null || answer == null
        ? new Known.UnderWay()
        : new Known.Answered(body, Answer.of(masterKey.open(SEAL_PURPOSE, answer)));
  }

  void renew(UUID claim) {
    jdbc.sql(RENEW).param("claim", claim).update();
  }

  /// Keeps the answer for a day.
  void remember(UUID claim, String bodyDigest, Answer answer) {
    jdbc.sql(REMEMBER)
        .param("claim", claim)
        .param("body", bodyDigest)
        .param("answer", masterKey.seal(SEAL_PURPOSE, answer.toBytes()))
        .update();
  }

  /// Forgets a request, so that it can be sent anew.
  void free(UUID claim) {
    jdbc.sql(FREE).param("claim", claim).update();
  }

  void removeDead() {
    jdbc.sql(REMOVE_DEAD).update();
  }
}
