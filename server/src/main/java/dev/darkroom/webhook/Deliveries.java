package dev.darkroom.webhook;

import dev.darkroom.account.WebhookKeys;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The deliveries of webhooks, each under the id of its job, and their tries (SQL of
/// `webhook_delivery` and `webhook_attempt`).
@Component
final class Deliveries {

  private static final String ADD =
      """
      INSERT INTO webhook_delivery (id, webhook_id, state, max_tries, created_at)
      VALUES (:id, :webhookId, 'pending', :maxTries, :now)
      """;
  private static final String FIND_RUNNING =
      """
      SELECT delivery.id, webhook_id, max_tries, message_id, url_sealed, key_sealed, body
      FROM webhook_delivery delivery JOIN webhook ON webhook.job_id = webhook_id
      WHERE delivery.id = :id AND state = 'pending'
      """;
  private static final String TRIED =
      """
      INSERT INTO webhook_attempt (delivery_id, number, at, status_code, error_type, duration_ms)
      VALUES (:id, :number, :at, :statusCode, :errorType, :durationMs)
      """;
  private static final String FINISH =
      """
      WITH finished AS (
        UPDATE webhook_delivery SET state = :state, finished_at = :now WHERE id = :id
        RETURNING webhook_id)
      UPDATE webhook SET forget_at = :forgetAt FROM finished WHERE job_id = webhook_id
      """;
  private static final String FIND_OF_ORGANIZATION =
      """
      SELECT delivery.id, webhook_id, dataset_id
      FROM webhook_delivery delivery
      JOIN job ON job.id = delivery.id JOIN dataset ON dataset.id = dataset_id
      WHERE delivery.id = :id AND organization_id = :organizationId
      """;
  private static final String IS_UNDER_WAY =
      """
      SELECT EXISTS (
        SELECT FROM webhook_delivery WHERE webhook_id = :webhookId AND state = 'pending')
      """;
  // The job's row takes all of its delivery with it. Waits for nobody: whoever deletes a project
  // holds rows of many jobs.
  private static final String REMOVE_OLD =
      """
      DELETE FROM job WHERE id IN (
        SELECT job.id FROM webhook_delivery delivery JOIN job ON job.id = delivery.id
        WHERE finished_at <= :before FOR UPDATE OF job SKIP LOCKED)
      """;

  private final JdbcClient jdbc;
  private final UrlSeal seal;
  private final WebhookKeys keys;
  private final WebhookSettings settings;
  private final Clock clock;

  Deliveries(
      JdbcClient jdbc, UrlSeal seal, WebhookKeys keys, WebhookSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.seal = seal;
    this.keys = keys;
    this.settings = settings;
    this.clock = clock;
  }

  void add(long id, long webhookId) {
    jdbc.sql(ADD)
        .param("id", id)
        .param("webhookId", webhookId)
        .param("maxTries", settings.maxTries())
        .param("now", now())
        .update();
  }

  /// The delivery, where it is not over.
  Optional<Delivery> findRunning(long id) {
    return jdbc.sql(FIND_RUNNING).param("id", id).query((row, _) -> delivery(row)).optional();
  }

  /// @param number of the try, from 1
  void tried(long id, int number, Tried tried) {
    jdbc.sql(TRIED)
        .param("id", id)
        .param("number", number)
        .param("at", tried.at().atOffset(ZoneOffset.UTC))
        .param("statusCode", tried.statusCode())
        .param("errorType", tried.errorType())
        .param("durationMs", tried.duration().toMillis())
        .update();
  }

  /// Ends the delivery. From now on its webhook is kept only to be repeated.
  void finish(long id, DeliveryState state) {
    jdbc.sql(FINISH)
        .param("id", id)
        .param("state", state.toString())
        .param("now", now())
        .param("forgetAt", now().plus(settings.redeliveryWindow()))
        .update();
  }

  Optional<Repeatable> find(long id, long organizationId) {
    return jdbc.sql(FIND_OF_ORGANIZATION)
        .param("id", id)
        .param("organizationId", organizationId)
        .query((row, _) ->
            new Repeatable(row.getLong("id"), row.getLong("webhook_id"), row.getLong("dataset_id")))
        .optional();
  }

  /// Whether the webhook is being delivered, be it by another delivery.
  boolean isUnderWay(long webhookId) {
    return jdbc.sql(IS_UNDER_WAY)
        .param("webhookId", webhookId)
        .query((row, _) -> row.getBoolean(1))
        .single();
  }

  void removeOld() {
    jdbc.sql(REMOVE_OLD).param("before", now().minus(settings.retention())).update();
  }

  private Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getLong("webhook_id"),
        row.getString("message_id"),
        seal.open(row.getBytes("url_sealed")),
        keys.open(row.getBytes("key_sealed")),
        row.getString("body").getBytes(StandardCharsets.UTF_8),
        row.getInt("max_tries"));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }

  /// A delivery that a client asks to have repeated.
  record Repeatable(long id, long webhookId, long datasetId) {}
}
