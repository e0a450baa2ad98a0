package dev.darkroom.webhook;

import dev.darkroom.account.WebhookKeys;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The webhooks of jobs (SQL of `webhook`): registered with the job, sent with its end, each in the
/// caller's transaction. URL and key are sealed, and forgotten with the message when its last
/// delivery is over and may not be repeated any more. The key is kept beside the URL, so that
/// nothing that becomes of the token changes what was asked for with it.
@Component
public final class Webhooks {

  private static final String REGISTER =
      """
      INSERT INTO webhook (job_id, message_id, url_shown, url_sealed, key_sealed, report_url)
      VALUES (:jobId, :messageId, :urlShown, :urlSealed, :keySealed, :reportUrl)
      """;
  private static final String FIND_AWAITED =
      """
      SELECT dataset_id, report_url FROM webhook JOIN job ON job.id = job_id
      WHERE job_id = :jobId AND body IS NULL AND url_sealed IS NOT NULL
      """;
  private static final String SET_BODY = "UPDATE webhook SET body = :body WHERE job_id = :jobId";
  private static final String KEEP =
      "UPDATE webhook SET forget_at = NULL WHERE job_id = :jobId AND url_sealed IS NOT NULL";
  // Waits for nobody: whoever deletes a project holds rows of many jobs.
  private static final String FORGET =
      """
      UPDATE webhook SET url_sealed = NULL, key_sealed = NULL, body = NULL, forget_at = NULL
      WHERE job_id IN (SELECT job_id FROM webhook WHERE forget_at <= :now FOR UPDATE SKIP LOCKED)
      """;

  private final JdbcClient jdbc;
  private final UrlSeal seal;
  private final WebhookKeys keys;
  private final DeliveryJob deliveryJob;
  private final Deliveries deliveries;
  private final Clock clock;

  Webhooks(
      JdbcClient jdbc,
      UrlSeal seal,
      WebhookKeys keys,
      DeliveryJob deliveryJob,
      Deliveries deliveries,
      Clock clock) {
    this.jdbc = jdbc;
    this.seal = seal;
    this.keys = keys;
    this.deliveryJob = deliveryJob;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  public void register(NewWebhook webhook) {
    jdbc.sql(REGISTER)
        .param("jobId", webhook.jobId())
        .param("messageId", webhook.messageId())
        .param("urlShown", webhook.url().shown())
        .param("urlSealed", seal.seal(webhook.url()))
        .param("keySealed", keys.sealedOf(webhook.tokenId()))
        .param("reportUrl", webhook.reportUrl())
        .update();
  }

  /// The webhook of the job, where it has one that was not sent yet.
  public Optional<Awaited> findAwaited(long jobId) {
    return jdbc.sql(FIND_AWAITED)
        .param("jobId", jobId)
        .query(
            (row, _) -> new Awaited(jobId, row.getLong("dataset_id"), row.getString("report_url")))
        .optional();
  }

  /// Sends the message as soon as the transaction is through.
  public void send(Awaited webhook, String body) {
    jdbc.sql(SET_BODY).param("jobId", webhook.jobId()).param("body", body).update();
    var _ = deliveryJob.begin(webhook.jobId(), webhook.datasetId());
  }

  /// Keeps what a delivery needs until that has ended; false where it is forgotten already.
  boolean keep(long jobId) {
    return jdbc.sql(KEEP).param("jobId", jobId).update() == 1;
  }

  /// Forgets what can be repeated no longer, and deliveries that ended long ago; to be called from
  /// time to time.
  public void cleanUp() {
    jdbc.sql(FORGET).param("now", OffsetDateTime.now(clock)).update();
    deliveries.removeOld();
  }

  /// A webhook whose job is over, or about to be.
  public record Awaited(long jobId, long datasetId, String reportUrl) {}
}
