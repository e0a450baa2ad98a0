package dev.darkroom.quota;

import dev.darkroom.account.Quota;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.quota.QuotaFailure.DailyUploadsExceeded;
import dev.darkroom.quota.QuotaFailure.RunningUploadsExceeded;
import dev.darkroom.quota.QuotaFailure.StorageExceeded;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// What organizations may have, against what they have. Where an organization has no quota, nothing
/// is counted or locked for it.
///
/// Exact where it is asked in the transaction that adds: the organization's row is locked, so that
/// no two add what only one of them has room for. That lock stands behind the job's and before the
/// dataset's.
@Repository
public class Quotas {

  private static final String OWN =
      """
      SELECT quota_storage_bytes, quota_uploads_running, quota_uploads_per_day
      FROM organization WHERE id = :organizationId
      """;
  private static final String LOCK =
      "SELECT id FROM organization WHERE id = :organizationId FOR NO KEY UPDATE";
  private static final String STORED =
      "SELECT coalesce(sum(bytes), 0) FROM dataset_storage WHERE organization_id = :organizationId";
  private static final String RUNNING =
      """
      SELECT count(*) FROM bulk_upload
      WHERE organization_id = :organizationId AND state IN ('pending', 'processing')
      """;
  private static final String TODAY =
      """
      SELECT CASE WHEN upload_day = :today THEN uploads_on_day ELSE 0 END
      FROM organization WHERE id = :organizationId
      """;
  private static final String COUNT_UPLOAD =
      """
      UPDATE organization
      SET uploads_on_day = CASE WHEN upload_day = :today THEN uploads_on_day ELSE 0 END + 1, upload_day = :today
      WHERE id = :organizationId
      """;

  private final JdbcClient jdbc;
  private final Quota ofTheServer;
  private final Clock clock;

  Quotas(JdbcClient jdbc, QuotaSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.ofTheServer = settings.quota();
    this.clock = clock;
  }

  /// What holds for the organization: its own quotas, and the server's where it has none.
  public Quota inForce(long organizationId) {
    return jdbc.sql(OWN)
        .param("organizationId", organizationId)
        .query((row, _) ->
            new Quota(
                row.getObject("quota_storage_bytes", Long.class),
                row.getObject("quota_uploads_running", Integer.class),
                row.getObject("quota_uploads_per_day", Integer.class)))
        .single()
        .or(ofTheServer);
  }

  /// Refuses a request that adds images of so many bytes, if they do not fit. To be asked in the
  /// transaction that adds them, before it locks their dataset.
  @Transactional(propagation = Propagation.MANDATORY)
  public void requireRoom(long organizationId, long bytes) {
    findOverrun(organizationId, bytes)
        .ifPresent(over -> {
          throw new FailureException(new StorageExceeded(over.limit(), over.actual()));
        });
  }

  /// The same for those who have an answer of their own.
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Overrun> findOverrun(long organizationId, long bytes) {
    Long limit = inForce(organizationId).storageBytes();
    if (limit == null || bytes == 0) return Optional.empty();
    jdbc.sql(LOCK)
        .param("organizationId", organizationId)
        .query((row, _) -> row.getLong(1))
        .single();
    long actual = count(STORED, organizationId) + bytes;
    return actual > limit ? Optional.of(new Overrun(limit, actual)) : Optional.empty();
  }

  /// Refuses a further bulk upload, if the organization may have none, or has no room for as much
  /// as a byte. Exact where the organization's row is locked already.
  public void requireUpload(long organizationId) {
    var quota = inForce(organizationId);
    require(quota.storageBytes(), STORED, organizationId, StorageExceeded::new);
    require(quota.uploadsRunning(), RUNNING, organizationId, RunningUploadsExceeded::new);
    require(quota.uploadsPerDay(), TODAY, organizationId, DailyUploadsExceeded::new);
  }

  private void require(
      @Nullable Number limit,
      String count,
      long organizationId,
      BiFunction<Long, Long, Failure> failure) {
    if (limit == null) return;
    long actual = count(count, organizationId) + 1;
    if (actual > limit.longValue()) {
      throw new FailureException(failure.apply(limit.longValue(), actual));
    }
  }

  /// Counts a bulk upload that is accepted, in the transaction that accepts it.
  @Transactional(propagation = Propagation.MANDATORY)
  public void countUpload(long organizationId) {
    jdbc.sql(COUNT_UPLOAD).param("organizationId", organizationId).param("today", today()).update();
  }

  private long count(String sql, long organizationId) {
    return jdbc.sql(sql)
        .param("organizationId", organizationId)
        .param("today", today())
        .query((row, _) -> row.getLong(1))
        .single();
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(ZoneOffset.UTC));
  }
}
