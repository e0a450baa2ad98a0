package dev.darkroom.stagedupload;

import dev.darkroom.api.Caller;
import dev.darkroom.archive.ArchiveFailure.ZipTooLarge;
import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.failure.FailureException;
import dev.darkroom.quota.Quotas;
import dev.darkroom.stagedupload.StagedUploadFailure.OverQuota;
import dev.darkroom.stagedupload.StagedUploadFailure.TooManyOpen;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.storage.StorageFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Begins staged uploads, as far as their organization and the store have room for all of their
/// bytes. Exact under the organization's lock, behind which nothing else is locked.
@Component
final class StagedIntake {

  /// Of one organization; each may be of the largest size.
  static final int MAX_OPEN = 100;

  private static final String LOCK =
      "SELECT id FROM organization WHERE id = :organizationId FOR NO KEY UPDATE";
  private static final String OPEN =
      """
      SELECT count(*) FROM staged_upload
      WHERE organization_id = :organizationId AND state = 'open' AND expires_at > :now
      """;
  private static final String BYTES = "SELECT coalesce(sum(length), 0) " + StagedUploads.LYING_HERE;
  private static final String ADD =
      """
      INSERT INTO staged_upload (organization_id, length, metadata, file_name, created_at, expires_at)
      VALUES (:organizationId, :length, :metadata, :fileName, :now, :expiresAt)
      RETURNING
      """
          + StagedUploads.COLUMNS;

  private final JdbcClient jdbc;
  private final ArchiveLimits limits;
  private final Quotas quotas;
  private final ObjectStore store;
  private final TransactionTemplate transaction;
  private final Clock clock;

  StagedIntake(
      JdbcClient jdbc,
      ArchiveLimits limits,
      Quotas quotas,
      ObjectStore store,
      TransactionTemplate transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.limits = limits;
    this.quotas = quotas;
    this.store = store;
    this.transaction = transaction;
    this.clock = clock;
  }

  long maxBytes() {
    return limits.maxZipBytes();
  }

  StagedUpload begin(Caller caller, long length, UploadMetadata metadata) {
    caller.requireWrite();
    if (length > maxBytes()) throw new FailureException(new ZipTooLarge(length, maxBytes()));
    requireRoom(length);
    return Objects.requireNonNull(
        transaction.execute(_ -> add(caller.organizationId(), length, metadata)));
  }

  private void requireRoom(long length) {
    try {
      long available = store.availableBytes();
      if (length > available) throw new FailureException(new StorageFailure.Full(available));
    } catch (IOException storeOut) {
      throw new FailureException(StorageFailure.of(storeOut), storeOut);
    }
  }

  private StagedUpload add(long organizationId, long length, UploadMetadata metadata) {
    var now = clock.instant();
    count(LOCK, organizationId, now);
    long open = count(OPEN, organizationId, now);
    if (open >= MAX_OPEN) throw new FailureException(new TooManyOpen(MAX_OPEN, (int) open + 1));
    quotas
        .findOverrun(organizationId, length + count(BYTES, organizationId, now))
        .ifPresent(over -> {
          throw new FailureException(new OverQuota(over.limit(), over.actual()));
        });
    return jdbc.sql(ADD)
        .param("organizationId", organizationId)
        .param("length", length)
        .param("metadata", metadata.sent())
        .param("fileName", metadata.fileName())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("expiresAt", now.plus(Pieces.KEPT).atOffset(ZoneOffset.UTC))
        .query(StagedUploads::map)
        .single();
  }

  private long count(String sql, long organizationId, Instant now) {
    return jdbc.sql(sql)
        .param("organizationId", organizationId)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query((row, _) -> row.getLong(1))
        .single();
  }
}
