package dev.darkroom.preflight;

import dev.darkroom.api.WireName;
import dev.darkroom.bulkupload.BulkUploadState;
import dev.darkroom.failure.RecordedFailure;
import dev.darkroom.preflight.PreflightStatus.Captions;
import dev.darkroom.preflight.PreflightStatus.FailedImage;
import dev.darkroom.preflight.PreflightStatus.IgnoredFile;
import dev.darkroom.preflight.PreflightStatus.OutageWait;
import dev.darkroom.preflight.PreflightStatus.WholeError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Reads the status of preflights, each in one snapshot of the database so that its numbers always
/// add up.
@Component
class PreflightStatuses {

  private static final String PREFLIGHT =
      """
      SELECT preflight.*, outage_since, outage_type, outage_message
      FROM preflight JOIN job ON job.id = preflight.id
      WHERE preflight.dataset_id = :datasetId AND (finished_at IS NULL OR finished_at > :since)
      """;
  private static final String FAILED_IMAGES =
      """
      SELECT name, ordinal, failure_status, failure_type, failure_message, failure_limit, failure_actual
      FROM preflight_entry WHERE preflight_id = :id AND failure_type IS NOT NULL ORDER BY ordinal
      """;
  private static final String IGNORED_ENTRIES =
      """
      SELECT name, ignored_reason FROM preflight_entry
      WHERE preflight_id = :id AND ignored_reason IS NOT NULL ORDER BY ordinal
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  PreflightStatuses(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// The status of the dataset's latest preflight. None where it had none, or long ago.
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Optional<PreflightStatus> find(long datasetId) {
    return jdbc.sql(PREFLIGHT)
        .param("datasetId", datasetId)
        .param("since", clock.instant().minus(Preflights.KEPT).atOffset(ZoneOffset.UTC))
        .query((row, _) -> status(row))
        .optional();
  }

  private PreflightStatus status(ResultSet row) throws SQLException {
    var state = WireName.get(BulkUploadState.class, row.getString("state"));
    int done = row.getInt("done");
    int failed = row.getInt("failed");
    int percentage = state == BulkUploadState.COMPLETED ? 100 : percentage(row);
    var started = instant(row, "started_at");
    return new PreflightStatus(
        state,
        percentage,
        done + failed,
        done,
        failed,
        failedImages(row.getLong("id")),
        row.getInt("total"),
        row.getInt("undetermined"),
        row.getInt("ignored"),
        ignoredEntries(row.getLong("id")),
        phase(state),
        new Captions(0, 0, done),
        error(RecordedFailure.in(row)),
        outage(row),
        row.getString("request_id"),
        Objects.requireNonNull(instant(row, "created_at")),
        started,
        instant(row, "finished_at"),
        state.isFinal() || started == null ? null : etaSeconds(started, percentage));
  }

  private static int percentage(ResultSet row) throws SQLException {
    long looked = row.getLong("done") + row.getLong("failed") + row.getLong("undetermined");
    int total = row.getInt("total");
    return Math.max(row.getInt("streamed"), total == 0 ? 0 : (int) (99 * looked / total));
  }

  private @Nullable Long etaSeconds(Instant started, int percentage) {
    if (percentage == 0) return null;
    return Duration.between(started, clock.instant())
        .multipliedBy(100L - percentage)
        .dividedBy(percentage)
        .toSeconds();
  }

  /// In the words of an upload's phases.
  private static String phase(BulkUploadState state) {
    return switch (state) {
      case PENDING -> "waiting";
      case PROCESSING -> "reading";
      case COMPLETED, FAILED -> "finished";
    };
  }

  private List<FailedImage> failedImages(long id) {
    return jdbc.sql(FAILED_IMAGES)
        .param("id", id)
        .query((row, _) -> {
          var failure = Objects.requireNonNull(RecordedFailure.in(row));
          return new FailedImage(
              row.getString("name"),
              failure.status(),
              failure.message(),
              failure.type(),
              row.getInt("ordinal"),
              failure.limit(),
              failure.actual());
        })
        .list();
  }

  private List<IgnoredFile> ignoredEntries(long id) {
    return jdbc.sql(IGNORED_ENTRIES)
        .param("id", id)
        .query((row, _) -> new IgnoredFile(row.getString("name"), row.getString("ignored_reason")))
        .list();
  }

  private static @Nullable WholeError error(@Nullable RecordedFailure failure) {
    if (failure == null) return null;
    return new WholeError(
        failure.status(), failure.type(), failure.message(), failure.limit(), failure.actual());
  }

  private static @Nullable OutageWait outage(ResultSet row) throws SQLException {
    var since = instant(row, "outage_since");
    var type = row.getString("outage_type");
    if (since == null || type == null) return null;
    return new OutageWait(type, row.getString("outage_message"), since);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
