package dev.darkroom.bulkupload;

import dev.darkroom.api.WireName;
import dev.darkroom.bulkupload.BulkUploadFailure.NotFound;
import dev.darkroom.bulkupload.BulkUploadStatus.FailedImage;
import dev.darkroom.bulkupload.BulkUploadStatus.IgnoredFile;
import dev.darkroom.bulkupload.BulkUploadStatus.OutageWait;
import dev.darkroom.bulkupload.BulkUploadStatus.UploadError;
import dev.darkroom.bulkupload.Progress.CaptionProgress;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.RecordedFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Reads the status of bulk uploads, each in one snapshot of the database so that its numbers
/// always add up, and what tells one version of it from the next without reading all of it.
@Component
public class BulkUploadStatuses {

  /// Which version of its status an upload is at. Made of all that is known of it as a whole but
  /// what no status tells, so that a column that is added counts by itself. No entry and no caption
  /// changes alone: the counters change with it, and never back to what they were. Times change
  /// with the state, and are left out because their text depends on a node's time zone.
  private static final String TAG =
      """
      encode(substr(sha256(convert_to(jsonb_build_array(
        to_jsonb(upload) - '{admitted,source_shown,source_sealed,source_version,created_at,started_at,finished_at}'::text[],
        to_jsonb(run) - 'started_at',
        extract(epoch FROM job.outage_since), job.outage_type, job.outage_message)::text, 'UTF8')), 1, 12), 'hex') AS tag
      """;

  private static final String FROM =
      "FROM bulk_upload upload JOIN job ON job.id = upload.id LEFT JOIN caption_run run ON run.id = upload.id ";
  private static final String VERSION =
      "SELECT upload.id, upload.dataset_id, upload.state, " + TAG + FROM;
  private static final String VERSION_OF_DATASET = VERSION + "WHERE upload.dataset_id = :datasetId";
  private static final String VERSIONS = VERSION + "WHERE upload.id = ANY (:uploadIds)";
  private static final String UPLOAD =
      """
      SELECT upload.*, run.started_at AS captioning_since, coalesce(run.done, 0) AS captions_done,
        coalesce(run.failed, 0) AS captions_failed,
        CASE
          WHEN NOT generates_captions THEN upload.done
          WHEN legacy AND upload.state = 'processing' AND phase <> 'captioning' THEN (%s)
          ELSE captions_skipped + coalesce(run.skipped, 0)
        END AS captions_without,
        job.outage_since, job.outage_type, job.outage_message, %s %s
      WHERE upload.id = :uploadId
      """
          .formatted(BulkUploads.PROVIDED, TAG, FROM);
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

  /// How many rows of entries are on the heap at a time.
  private static final int FETCH = 200;

  private final JdbcClient jdbc;
  private final Clock clock;

  BulkUploadStatuses(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// The version of the status of the dataset's one bulk upload.
  public StatusVersion get(long datasetId) {
    return jdbc.sql(VERSION_OF_DATASET)
        .param("datasetId", datasetId)
        .query((row, _) -> version(row))
        .optional()
        .orElseThrow(() -> new FailureException(new NotFound(datasetId)));
  }

  /// The versions of the statuses of those uploads that are there still, by upload.
  public Map<Long, StatusVersion> find(Collection<Long> uploadIds) {
    return jdbc
        .sql(VERSIONS)
        .param("uploadIds", uploadIds.toArray(Long[]::new))
        .query((row, _) -> version(row))
        .list()
        .stream()
        .collect(Collectors.toMap(StatusVersion::uploadId, Function.identity()));
  }

  /// What `reader` makes of a status and its version, before this returns: the entries come from
  /// the database as they are read, and only once. None where the upload is gone.
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  @SuppressWarnings("StreamToIterable") // Whoever reads is told that it is once.
  public <T> Optional<T> read(
      long uploadId, BiFunction<StatusVersion, BulkUploadStatus, T> reader) {
    try (var failed = failedImages(uploadId);
        var ignored = ignoredEntries(uploadId)) {
      return read(uploadId, failed::iterator, ignored::iterator, reader);
    }
  }

  /// The status as it is now, with so many failed images at most, and so many ignored entries. None
  /// where the upload is gone.
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Optional<BulkUploadStatus> find(long uploadId, int mostListed) {
    try (var failed = failedImages(uploadId);
        var ignored = ignoredEntries(uploadId)) {
      return read(
          uploadId,
          failed.limit(mostListed).toList(),
          ignored.limit(mostListed).toList(),
          (_, status) -> status);
    }
  }

  /// The same of the numbers only.
  public <T> Optional<T> readNumbers(
      long uploadId, BiFunction<StatusVersion, BulkUploadStatus, T> reader) {
    return read(uploadId, null, null, reader);
  }

  private <T> Optional<T> read(
      long uploadId,
      @Nullable Iterable<FailedImage> failed,
      @Nullable Iterable<IgnoredFile> ignored,
      BiFunction<StatusVersion, BulkUploadStatus, T> reader) {
    return jdbc.sql(UPLOAD)
        .param("uploadId", uploadId)
        .query((row, _) -> reader.apply(version(row), status(row, failed, ignored)))
        .optional();
  }

  private static StatusVersion version(ResultSet row) throws SQLException {
    return new StatusVersion(
        row.getLong("dataset_id"),
        row.getLong("id"),
        row.getString("tag"),
        WireName.get(BulkUploadState.class, row.getString("state")).isFinal());
  }

  private BulkUploadStatus status(
      ResultSet row,
      @Nullable Iterable<FailedImage> failed,
      @Nullable Iterable<IgnoredFile> ignored)
      throws SQLException {
    var state = WireName.get(BulkUploadState.class, row.getString("state"));
    var progress = progress(row);
    var started = instant(row, "started_at");
    return new BulkUploadStatus(
        state,
        state == BulkUploadState.COMPLETED ? 100 : progress.percentage(),
        progress.totalProcessed(),
        progress.done(),
        progress.failed(),
        failed,
        progress.total(),
        row.getInt("ignored"),
        ignored,
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

  private Stream<FailedImage> failedImages(long uploadId) {
    return jdbc
        .sql(FAILED_IMAGES)
        .param("uploadId", uploadId)
        .withFetchSize(FETCH)
        .query((row, _) -> failedImage(row, Objects.requireNonNull(RecordedFailure.in(row))))
        .stream();
  }

  private static FailedImage failedImage(ResultSet row, RecordedFailure failure)
      throws SQLException {
    return new FailedImage(
        row.getString("name"),
        failure.status(),
        failure.message(),
        failure.type(),
        row.getInt("ordinal"),
        failure.limit(),
        failure.actual());
  }

  private Stream<IgnoredFile> ignoredEntries(long uploadId) {
    return jdbc
        .sql(IGNORED_ENTRIES)
        .param("uploadId", uploadId)
        .withFetchSize(FETCH)
        .query((row, _) -> new IgnoredFile(row.getString("name"), row.getString("ignored_reason")))
        .stream();
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
