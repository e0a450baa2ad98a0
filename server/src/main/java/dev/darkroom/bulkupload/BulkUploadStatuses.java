package dev.darkroom.bulkupload;

import dev.darkroom.api.WireName;
import dev.darkroom.bulkupload.BulkUploadStatus.FailedImage;
import dev.darkroom.bulkupload.BulkUploadStatus.IgnoredFile;
import dev.darkroom.bulkupload.BulkUploadStatus.OutageWait;
import dev.darkroom.bulkupload.BulkUploadStatus.UploadError;
import dev.darkroom.bulkupload.Progress.CaptionProgress;
import dev.darkroom.failure.RecordedFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Reads the status of bulk uploads, each in one snapshot of the database so that its numbers
/// always add up.
@Component
class BulkUploadStatuses {

  private static final String UPLOAD =
      """
      SELECT upload.*, run.started_at AS captioning_since, coalesce(run.done, 0) AS captions_done,
        coalesce(run.failed, 0) AS captions_failed,
        CASE
          WHEN NOT generates_captions THEN upload.done
          WHEN legacy AND upload.state = 'processing' AND phase <> 'captioning' THEN (%s)
          ELSE captions_skipped + coalesce(run.skipped, 0)
        END AS captions_without,
        job.outage_since, job.outage_type, job.outage_message
      FROM bulk_upload upload JOIN job ON job.id = upload.id LEFT JOIN caption_run run ON run.id = upload.id
      WHERE upload.dataset_id = :datasetId
      """
          .formatted(BulkUploads.PROVIDED);
  private static final String FAILED_IMAGES =
      """
      SELECT name, ordinal, failure_status, failure_type, failure_message, failure_limit, failure_actual
      FROM bulk_upload_entry WHERE bulk_upload_id = :uploadId AND state = 'failed' ORDER BY ordinal
      """;
  private static final String IGNORED_ENTRIES =
      """
      SELECT name, ignored_reason FROM bulk_upload_entry
      WHERE bulk_upload_id = :uploadId AND state = 'ignored' ORDER BY ordinal
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  BulkUploadStatuses(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// The status of the dataset's one bulk upload. None where it never had one.
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Optional<BulkUploadStatus> find(long datasetId) {
    return jdbc.sql(UPLOAD).param("datasetId", datasetId).query((row, _) -> status(row)).optional();
  }

  private BulkUploadStatus status(ResultSet row) throws SQLException {
    long uploadId = row.getLong("id");
    var state = WireName.get(BulkUploadState.class, row.getString("state"));
    var progress = progress(row);
    var started = instant(row, "started_at");
    return new BulkUploadStatus(
        state,
        state == BulkUploadState.COMPLETED ? 100 : progress.percentage(),
        progress.totalProcessed(),
        progress.done(),
        progress.failed(),
        failedImages(uploadId),
        progress.total(),
        row.getInt("ignored"),
        ignoredEntries(uploadId),
        WireName.get(Phase.class, row.getString("phase")),
        progress.captions(),
        error(RecordedFailure.in(row)),
        outage(row),
        row.getString("request_id"),
        Objects.requireNonNull(instant(row, "created_at")),
        started,
        instant(row, "finished_at"),
        state.isFinal() || started == null
            ? null
            : etaSeconds(progress, started, instant(row, "captioning_since")));
  }

  private static Progress progress(ResultSet row) throws SQLException {
    return new Progress(
        row.getInt("total"),
        row.getInt("done"),
        row.getInt("failed"),
        row.getBoolean("generates_captions"),
        new CaptionProgress(
            row.getInt("captions_done"),
            row.getInt("captions_failed"),
            row.getInt("captions_without")));
  }

  private List<FailedImage> failedImages(long uploadId) {
    return jdbc.sql(FAILED_IMAGES)
        .param("uploadId", uploadId)
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

  private List<IgnoredFile> ignoredEntries(long uploadId) {
    return jdbc.sql(IGNORED_ENTRIES)
        .param("uploadId", uploadId)
        .query((row, _) -> new IgnoredFile(row.getString("name"), row.getString("ignored_reason")))
        .list();
  }

  private static @Nullable UploadError error(@Nullable RecordedFailure failure) {
    if (failure == null) return null;
    return new UploadError(
        failure.status(), failure.type(), failure.message(), failure.limit(), failure.actual());
  }

  private static @Nullable OutageWait outage(ResultSet row) throws SQLException {
    var since = instant(row, "outage_since");
    var type = row.getString("outage_type");
    if (since == null || type == null) return null;
    return new OutageWait(type, row.getString("outage_message"), since);
  }

  private @Nullable Long etaSeconds(
      Progress progress, Instant started, @Nullable Instant captioningSince) {
    Duration remaining = progress.remaining(started, captioningSince, clock.instant());
    return remaining == null ? null : remaining.toSeconds();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
