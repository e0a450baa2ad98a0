package dev.darkroom.webhook;

import dev.darkroom.api.WireName;
import dev.darkroom.webhook.DeliveryReport.AttemptReport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads what became of the deliveries of a dataset's webhooks.
@Component
final class DeliveryReports {

  /// Of one that a client has repeated again and again, so many are shown.
  private static final int MOST = 100;

  private static final String OF_DATASET =
      """
      SELECT delivery.id, url_shown, state, created_at, finished_at, forget_at
      FROM webhook_delivery delivery
      JOIN job ON job.id = delivery.id JOIN webhook ON webhook.job_id = webhook_id
      WHERE dataset_id = :datasetId ORDER BY delivery.id DESC LIMIT :most
      """;
  private static final String ATTEMPTS =
      """
      SELECT at, status_code, error_type, duration_ms FROM webhook_attempt
      WHERE delivery_id = :deliveryId ORDER BY number
      """;

  private final JdbcClient jdbc;

  DeliveryReports(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Newest first.
  List<DeliveryReport> ofDataset(long datasetId) {
    return jdbc.sql(OF_DATASET)
        .param("datasetId", datasetId)
        .param("most", MOST)
        .query((row, _) -> report(row))
        .list();
  }

  private DeliveryReport report(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    return new DeliveryReport(
        id,
        row.getString("url_shown"),
        WireName.get(DeliveryState.class, row.getString("state")),
        Objects.requireNonNull(instant(row, "created_at")),
        instant(row, "finished_at"),
        instant(row, "forget_at"),
        attempts(id));
  }

  private List<AttemptReport> attempts(long deliveryId) {
    return jdbc.sql(ATTEMPTS)
        .param("deliveryId", deliveryId)
        .query((row, _) ->
            new AttemptReport(
                Objects.requireNonNull(instant(row, "at")),
                row.getObject("status_code", Integer.class),
                row.getString("error_type"),
                row.getLong("duration_ms")))
        .list();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
