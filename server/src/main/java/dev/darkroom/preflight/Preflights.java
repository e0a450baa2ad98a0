package dev.darkroom.preflight;

import dev.darkroom.archive.SourceVersion;
import dev.darkroom.bulkupload.ArchiveSource;
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
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The preflights that run, and their ends (SQL of `preflight`). A source's URL is sealed on its
/// way in and opened on its way out; the row forgets it when the preflight is final.
@Component
final class Preflights {

  /// How long after its end a preflight can be seen.
  static final Duration KEPT = Duration.ofHours(24);

  private static final String SEAL_PURPOSE = "preflight-source";

  private static final String BEGIN =
      """
      INSERT INTO preflight (id, dataset_id, organization_id, request_id, legacy, automatic_captioning, state,
        source_shown, source_sealed, staged_upload_id, created_at)
      VALUES (:id, :datasetId, :organizationId, :requestId, :legacy, :automaticCaptioning, 'pending',
        :sourceShown, :sourceSealed, :stagedUploadId, :now)
      """;
  private static final String RUNS =
      "SELECT EXISTS (SELECT FROM preflight WHERE dataset_id = :datasetId AND finished_at IS NULL)";
  // Beginnings of one organization come one after the other. Whoever waits for this lock holds one
  // dataset, and whoever holds it waits for nothing.
  private static final String LOCK_BEGINNINGS =
      "SELECT pg_advisory_xact_lock(hashtextextended('preflight', :organizationId))";
  private static final String COUNT_RUNNING =
      """
      SELECT count(*) FROM preflight WHERE organization_id = :organizationId AND finished_at IS NULL
      """;
  private static final String FORGET_OF_DATASET =
      "DELETE FROM job WHERE id IN (SELECT id FROM preflight WHERE dataset_id = :datasetId)";
  private static final String FORGET_EXPIRED =
      "DELETE FROM job WHERE id IN (SELECT id FROM preflight WHERE finished_at <= :since)";
  private static final String FIND_RUNNING =
      """
      SELECT id, legacy, automatic_captioning, source_sealed, staged_upload_id, source_version
      FROM preflight WHERE id = :id AND finished_at IS NULL
      """;
  private static final String START =
      """
      UPDATE preflight SET state = 'processing', started_at = :now WHERE id = :id AND state = 'pending'
      """;
  private static final String STREAMED =
      """
      UPDATE preflight SET streamed = greatest(streamed, :percent) WHERE id = :id AND finished_at IS NULL
      """;
  private static final String PLANNED =
      """
      UPDATE preflight SET total = :total, ignored = :ignored, source_version = :version::jsonb
      WHERE id = :id
      """;
  private static final String COUNT =
      """
      UPDATE preflight SET done = done + :done, failed = failed + :failed, undetermined = undetermined + :undetermined
      WHERE id = :id
      """;
  private static final String COMPLETE =
      """
      UPDATE preflight SET state = 'completed', source_sealed = NULL, finished_at = :now WHERE id = :id
      """;
  private static final String FAIL =
      """
      UPDATE preflight SET state = 'failed', source_sealed = NULL, finished_at = :now,
        failure_status = :failureStatus, failure_type = :failureType, failure_message = :failureMessage,
        failure_limit = :failureLimit, failure_actual = :failureActual
      WHERE id = :id
      """;

  private final JdbcClient jdbc;
  private final MasterKey masterKey;
  private final JsonMapper json;
  private final Clock clock;

  Preflights(JdbcClient jdbc, MasterKey masterKey, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.masterKey = masterKey;
    this.json = json;
    this.clock = clock;
  }

  /// What a client asks to be looked at.
  ///
  /// @param sourceShown the source without a secret
  record NewPreflight(
      long datasetId,
      long organizationId,
      String requestId,
      boolean legacy,
      boolean automaticCaptioning,
      ArchiveSource source,
      String sourceShown) {}

  /// Adds a preflight, for a job.
  void begin(long jobId, NewPreflight preflight) {
    jdbc.sql(BEGIN)
        .param("id", jobId)
        .param("datasetId", preflight.datasetId())
        .param("organizationId", preflight.organizationId())
        .param("requestId", preflight.requestId())
        .param("legacy", preflight.legacy())
        .param("automaticCaptioning", preflight.automaticCaptioning())
        .param("sourceShown", preflight.sourceShown())
        .param("sourceSealed", sealed(preflight.source()))
        .param("stagedUploadId", preflight.source() instanceof Staged(var id) ? id : null)
        .param("now", now())
        .update();
  }

  /// Whether the dataset has a preflight that is not final.
  boolean runs(long datasetId) {
    return jdbc.sql(RUNS).param("datasetId", datasetId).query(Boolean.class).single();
  }

  /// How many of the organization's are not final; no other begins until the transaction ends.
  int countRunning(long organizationId) {
    jdbc.sql(LOCK_BEGINNINGS)
        .param("organizationId", organizationId)
        .query((row, _) -> true)
        .single();
    return jdbc.sql(COUNT_RUNNING)
        .param("organizationId", organizationId)
        .query(Integer.class)
        .single();
  }

  /// Forgets the dataset's preflight, which is final.
  void forget(long datasetId) {
    jdbc.sql(FORGET_OF_DATASET).param("datasetId", datasetId).update();
  }

  /// Forgets those that can be seen no longer, and tells how many they were.
  int forgetExpired() {
    return jdbc.sql(FORGET_EXPIRED).param("since", now().minus(KEPT)).update();
  }

  /// The preflight, where it is not final.
  Optional<Preflight> findRunning(long id) {
    return jdbc.sql(FIND_RUNNING).param("id", id).query((row, _) -> preflight(row)).optional();
  }

  void start(long id) {
    jdbc.sql(START).param("id", id).param("now", now()).update();
  }

  /// Notes how much of the archive has passed by, which is only ever more.
  void streamed(long id, int percent) {
    jdbc.sql(STREAMED).param("id", id).param("percent", percent).update();
  }

  /// @param version null where the archive was streamed, and is not read again
  void planned(long id, Plan plan, @Nullable SourceVersion version) {
    jdbc.sql(PLANNED)
        .param("id", id)
        .param("total", plan.total())
        .param("ignored", plan.ignored())
        .param("version", version == null ? null : json.writeValueAsString(version))
        .update();
  }

  void count(long id, int done, int failed, int undetermined) {
    jdbc.sql(COUNT)
        .param("id", id)
        .param("done", done)
        .param("failed", failed)
        .param("undetermined", undetermined)
        .update();
  }

  void complete(long id) {
    jdbc.sql(COMPLETE).param("id", id).param("now", now()).update();
  }

  void fail(long id, Failure failure) {
    jdbc.sql(FAIL)
        .param("id", id)
        .param("now", now())
        .params(RecordedFailure.parameters(failure))
        .update();
  }

  private Preflight preflight(ResultSet row) throws SQLException {
    String version = row.getString("source_version");
    return new Preflight(
        row.getLong("id"),
        row.getBoolean("legacy"),
        row.getBoolean("automatic_captioning"),
        source(row),
        version == null ? null : json.readValue(version, SourceVersion.class));
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
}
