package dev.darkroom.bulkupload;

import dev.darkroom.api.WireName;
import dev.darkroom.archive.SourceVersion;
import dev.darkroom.bulkupload.ArchiveSource.OnTheWeb;
import dev.darkroom.bulkupload.ArchiveSource.Staged;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.RecordedFailure;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.planning.Plan;
import dev.darkroom.secret.MasterKey;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The bulk uploads that run, and their ends (SQL of `bulk_upload`). A source's URL is sealed on
/// its way in and opened on its way out; the row forgets it when the upload is final.
@Component
final class BulkUploads {

  private static final String SEAL_PURPOSE = "bulk-upload-source";

  /// How many images that are done came with their captions, of the `upload`. Counted, not kept: an
  /// image that is done can still be left out as a copy.
  static final String PROVIDED =
      """
      SELECT count(*) FROM dataset_image image
      JOIN bulk_upload_entry entry
        ON entry.bulk_upload_id = image.bulk_upload_id AND entry.ordinal = image.ordinal
      WHERE image.bulk_upload_id = upload.id AND image.caption IS NOT NULL AND entry.state = 'done'
      """;

  private static final String ACCEPT =
      """
      INSERT INTO bulk_upload (id, dataset_id, organization_id, request_id, legacy, automatic_captioning, generates_captions,
        content_moderation, deduplicate, state, phase, admitted, source_shown, source_sealed, staged_upload_id, created_at)
      VALUES (:id, :datasetId, :organizationId, :requestId, :legacy, :automaticCaptioning, :generatesCaptions,
        :contentModeration, :deduplicate, 'pending', 'waiting', false, :sourceShown, :sourceSealed, :stagedUploadId, :now)
      ON CONFLICT (dataset_id) DO NOTHING
      """;
  private static final String FIND_ID = "SELECT id FROM bulk_upload WHERE dataset_id = :datasetId";
  private static final String STATE_OF =
      "SELECT state FROM bulk_upload WHERE dataset_id = :datasetId";
  private static final String FIND_RUNNING =
      """
      SELECT id, dataset_id, organization_id, legacy, automatic_captioning, generates_captions, content_moderation, deduplicate,
        source_sealed, staged_upload_id, source_version, spooled
      FROM bulk_upload WHERE id = :id AND state IN ('pending', 'processing')
      """;
  private static final String START =
      """
      UPDATE bulk_upload SET state = 'processing', phase = 'reading', started_at = coalesce(started_at, :now)
      WHERE id = :id AND state = 'pending'
      """;
  private static final String PLANNED =
      """
      UPDATE bulk_upload SET phase = 'ingesting', total = :total, ignored = :ignored, failed = :failed,
        source_version = :version::jsonb, spooled = :spooled
      WHERE id = :id
      """;
  private static final String COUNT =
      """
      UPDATE bulk_upload SET done = done + :done, failed = failed + :failed WHERE id = :id
      """;
  private static final String LEFT_OUT =
      """
      UPDATE bulk_upload SET total = total - :count, ignored = ignored + :count, done = done - :done WHERE id = :id
      """;
  private static final String COPIES_FAILED =
      """
      UPDATE bulk_upload SET total = total + :count, ignored = ignored - :count, failed = failed + :count WHERE id = :id
      """;
  private static final String MODERATING =
      "UPDATE bulk_upload SET phase = 'moderating' WHERE id = :id";
  private static final String PUBLISHED =
      """
      UPDATE bulk_upload SET captions_skipped = done - :generated,
        phase = CASE WHEN :generated > 0 THEN 'captioning' ELSE phase END
      WHERE id = :id
      """;
  private static final String COMPLETE =
      """
      UPDATE bulk_upload SET state = 'completed', phase = 'finished', source_sealed = NULL, finished_at = :now
      WHERE id = :id AND state = 'processing'
      """;
  private static final String FAIL =
      """
      UPDATE bulk_upload upload SET state = 'failed', phase = 'finished', source_sealed = NULL, finished_at = :now,
        captions_skipped = CASE phase WHEN 'captioning' THEN captions_skipped ELSE (%s) END,
        failure_status = :failureStatus, failure_type = :failureType, failure_message = :failureMessage,
        failure_limit = :failureLimit, failure_actual = :failureActual
      WHERE id = :id
      """
          .formatted(PROVIDED);

  private final JdbcClient jdbc;
  private final MasterKey masterKey;
  private final JsonMapper json;
  private final UploadMeters meters;
  private final Clock clock;

  BulkUploads(
      JdbcClient jdbc, MasterKey masterKey, JsonMapper json, UploadMeters meters, Clock clock) {
    this.jdbc = jdbc;
    this.masterKey = masterKey;
    this.json = json;
    this.meters = meters;
    this.clock = clock;
  }

  /// Takes the dataset's one attempt, for a job; false where it was taken before.
  boolean accept(long jobId, NewBulkUpload upload) {
    return jdbc.sql(ACCEPT)
            .param("id", jobId)
            .param("datasetId", upload.datasetId())
            .param("organizationId", upload.organizationId())
            .param("requestId", upload.requestId())
            .param("legacy", upload.legacy())
            .param("automaticCaptioning", upload.automaticCaptioning())
            .param("generatesCaptions", upload.generatesCaptions())
            .param("contentModeration", upload.contentModeration())
            .param("deduplicate", upload.deduplicate().toString())
            .param("sourceShown", upload.sourceShown())
            .param("sourceSealed", sealed(upload.source()))
            .param("stagedUploadId", upload.source() instanceof Staged(var id) ? id : null)
            .param("now", now())
            .update()
        == 1;
  }

  /// The id of the dataset's one attempt. None where it was never made.
  Optional<Long> findId(long datasetId) {
    return jdbc.sql(FIND_ID)
        .param("datasetId", datasetId)
        .query((row, _) -> row.getLong("id"))
        .optional();
  }

  /// How the dataset's one attempt stands. None where it was never made.
  Optional<BulkUploadState> stateOf(long datasetId) {
    return jdbc.sql(STATE_OF)
        .param("datasetId", datasetId)
        .query((row, _) -> WireName.get(BulkUploadState.class, row.getString("state")))
        .optional();
  }

  /// The upload, where it is not final.
  Optional<BulkUpload> findRunning(long id) {
    return jdbc.sql(FIND_RUNNING).param("id", id).query((row, _) -> upload(row)).optional();
  }

  void start(long id) {
    jdbc.sql(START).param("id", id).param("now", now()).update();
  }

  void planned(long id, Plan plan, SourceVersion version, boolean spooled) {
    jdbc.sql(PLANNED)
        .param("id", id)
        .param("total", plan.total())
        .param("ignored", plan.ignored())
        .param("failed", plan.failed())
        .param("version", json.writeValueAsString(version))
        .param("spooled", spooled)
        .update();
  }

  void count(long id, int done, int failed) {
    jdbc.sql(COUNT).param("id", id).param("done", done).param("failed", failed).update();
  }

  /// Notes that every image is read and checked, and the moderator has the rest to say.
  void moderating(long id) {
    jdbc.sql(MODERATING).param("id", id).update();
  }

  /// Notes that the images are the dataset's, and so many of them wait for a caption.
  void published(long id, int generated) {
    jdbc.sql(PUBLISHED).param("id", id).param("generated", generated).update();
  }

  /// Counts images as ignored that were to be images of the dataset.
  ///
  /// @param done how many of them had been counted as done
  void leftOut(long id, int count, int done) {
    jdbc.sql(LEFT_OUT).param("id", id).param("count", count).param("done", done).update();
  }

  /// Counts images as failed that had been left out.
  void copiesFailed(long id, int count) {
    jdbc.sql(COPIES_FAILED).param("id", id).param("count", count).update();
  }

  /// Ends the upload, where there is one that is not final.
  void complete(long id) {
    int completed = jdbc.sql(COMPLETE).param("id", id).param("now", now()).update();
    if (completed == 1) meters.uploadCompleted();
  }

  void fail(long id, Failure failure) {
    jdbc.sql(FAIL)
        .param("id", id)
        .param("now", now())
        .params(RecordedFailure.parameters(failure))
        .update();
    meters.uploadFailed(failure);
  }

  private BulkUpload upload(ResultSet row) throws SQLException {
    return new BulkUpload(
        row.getLong("id"),
        row.getLong("dataset_id"),
        row.getLong("organization_id"),
        row.getBoolean("legacy"),
        row.getBoolean("automatic_captioning"),
        row.getBoolean("generates_captions"),
        row.getBoolean("content_moderation"),
        WireName.get(Deduplication.class, row.getString("deduplicate")),
        source(row),
        version(row.getString("source_version")),
        row.getBoolean("spooled"));
  }

  private @Nullable SourceVersion version(@Nullable String version) {
    return version == null ? null : json.readValue(version, SourceVersion.class);
  }

  private byte @Nullable [] sealed(ArchiveSource source) {
    return source instanceof OnTheWeb(var url)
        ? masterKey.seal(SEAL_PURPOSE, url.full().toString().getBytes(StandardCharsets.UTF_8))
        : null;
  }

  private ArchiveSource source(ResultSet row) throws SQLException {
    @Nullable Long stagedUploadId = row.getObject("staged_upload_id", Long.class);
    return stagedUploadId == null
        ? new OnTheWeb(open(row.getBytes("source_sealed")))
        : new Staged(stagedUploadId);
  }

  private SourceUrl open(byte[] sealed) {
    return SourceUrl.parse(
        new String(masterKey.open(SEAL_PURPOSE, sealed), StandardCharsets.UTF_8));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  /// @param legacy whether the Legacy rules hold
  /// @param generatesCaptions whether images without a caption get one
  /// @param sourceShown the source without a secret
  record NewBulkUpload(
      long datasetId,
      long organizationId,
      String requestId,
      boolean legacy,
      boolean automaticCaptioning,
      boolean generatesCaptions,
      boolean contentModeration,
      Deduplication deduplicate,
      ArchiveSource source,
      String sourceShown) {}
}
