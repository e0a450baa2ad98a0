package dev.darkroom.stagedupload;

import dev.darkroom.api.Caller;
import dev.darkroom.api.WireName;
import dev.darkroom.archive.RangeSource;
import dev.darkroom.archive.SourceProbe;
import dev.darkroom.failure.FailureException;
import dev.darkroom.stagedupload.StagedUploadFailure.AlreadyUsed;
import dev.darkroom.stagedupload.StagedUploadFailure.Gone;
import dev.darkroom.stagedupload.StagedUploadFailure.InUse;
import dev.darkroom.stagedupload.StagedUploadFailure.NotAZip;
import dev.darkroom.stagedupload.StagedUploadFailure.NotFound;
import dev.darkroom.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// What is staged, for who looks at it and who uses it (SQL of `staged_upload`, but for what
/// changes while bytes come: see [Pieces]). Each is used once, whoever asks at the same instant.
@Component
public class StagedUploads {

  static final String COLUMNS =
      """
      id, organization_id, length, received, pieces, metadata, file_name, state, created_at, expires_at
      """;

  private static final String FIND =
      "SELECT "
          + COLUMNS
          + "FROM staged_upload WHERE id = :id AND organization_id = :organizationId";

  /// What counts against the quota.
  static final String LYING_HERE =
      """
      FROM staged_upload
      WHERE organization_id = :organizationId AND state <> 'spent' AND (state = 'used' OR expires_at > :now)
      """;

  private static final String LIST =
      "SELECT " + COLUMNS + LYING_HERE + "ORDER BY id DESC OFFSET :offset LIMIT :count";
  private static final String COUNT = "SELECT count(*) " + LYING_HERE;
  private static final String TAKE =
      """
      UPDATE staged_upload SET state = 'used', job_id = :jobId
      WHERE id = :id AND organization_id = :organizationId
        AND state = 'open' AND received = length AND expires_at > :now
      """;
  private static final String SPEND =
      """
      WITH spent AS (
        UPDATE staged_upload SET state = 'spent' WHERE job_id = :jobId AND state = 'used' RETURNING id)
      DELETE FROM staged_piece WHERE staged_upload_id IN (SELECT id FROM spent)
      """;
  private static final String DELETE =
      """
      DELETE FROM staged_upload
      WHERE id = :id AND organization_id = :organizationId AND state <> 'used'
      """;
  private static final String FORGET_EXPIRED =
      "DELETE FROM staged_upload WHERE expires_at <= :now AND state <> 'used'";

  /// Enough to tell a page from an archive.
  private static final int HEAD_BYTES = 4 << 10;

  private final JdbcClient jdbc;
  private final Pieces pieces;
  private final ObjectStore store;
  private final Clock clock;

  StagedUploads(JdbcClient jdbc, Pieces pieces, ObjectStore store, Clock clock) {
    this.jdbc = jdbc;
    this.pieces = pieces;
    this.store = store;
    this.clock = clock;
  }

  /// One that can be looked at still; that of another organization reads as missing.
  public StagedUpload get(Caller caller, long id) {
    var upload = find(caller.organizationId(), id).requireAlive(clock.instant());
    caller.requireRead();
    return upload;
  }

  /// The same for who is about to change it.
  StagedUpload getForChange(Caller caller, long id) {
    var upload = get(caller, id);
    caller.requireWrite();
    return upload;
  }

  /// Some of those that lie here, the newest first.
  List<StagedUpload> list(Caller caller, long offset, int count) {
    caller.requireRead();
    return jdbc.sql(LIST)
        .param("organizationId", caller.organizationId())
        .param("now", now())
        .param("offset", offset)
        .param("count", count)
        .query(StagedUploads::map)
        .list();
  }

  /// How many lie here.
  int count(Caller caller) {
    return jdbc.sql(COUNT)
        .param("organizationId", caller.organizationId())
        .param("now", now())
        .query((row, _) -> row.getInt(1))
        .single();
  }

  private StagedUpload find(long organizationId, long id) {
    return jdbc.sql(FIND)
        .param("id", id)
        .param("organizationId", organizationId)
        .query(StagedUploads::map)
        .optional()
        .orElseThrow(() -> new FailureException(new NotFound(id)));
  }

  /// Refuses one that is not complete, has been used, or is plainly no ZIP, which its first bytes
  /// tell.
  public void requireUsable(Caller caller, long id) {
    var _ = find(caller.organizationId(), id).requireUsable(clock.instant());
    if (SourceProbe.isPlainlyNoZip(head(open(id)))) throw new FailureException(new NotAZip(id));
  }

  private static byte[] head(RangeSource archive) {
    long count = Math.min(HEAD_BYTES, archive.length());
    try (InputStream bytes = archive.open(0, count)) {
      return bytes.readNBytes((int) count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes the upload for a job, in the caller's transaction; refuses where it cannot be used, or
  /// another was faster.
  @Transactional(propagation = Propagation.MANDATORY)
  public void take(Caller caller, long id, long jobId) {
    int taken =
        jdbc.sql(TAKE)
            .param("id", id)
            .param("organizationId", caller.organizationId())
            .param("jobId", jobId)
            .param("now", now())
            .update();
    if (taken == 1) return;
    var _ = find(caller.organizationId(), id).requireUsable(clock.instant());
    throw new FailureException(new AlreadyUsed(id));
  }

  /// Gives up the bytes of what a job has taken, where it has taken any, for the job is over.
  public void spend(long jobId) {
    jdbc.sql(SPEND).param("jobId", jobId).update();
  }

  /// The bytes of a complete upload, to be read as an archive.
  public RangeSource open(long id) {
    var archive = new StagedArchive(store, pieces.list(id));
    if (!isWhole(id, archive)) throw new FailureException(new Gone(id));
    return archive;
  }

  /// Whether a complete upload was spent, terminated or forgotten, maybe while somebody read it.
  public boolean isGone(long id) {
    return !isWhole(id, new StagedArchive(store, pieces.list(id)));
  }

  private boolean isWhole(long id, StagedArchive archive) {
    return pieces.find(id).filter(upload -> upload.length() == archive.length()).isPresent();
  }

  /// Deletes one that nothing reads; a request that sends bytes for it finds it gone.
  void terminate(Caller caller, long id) {
    int deleted =
        jdbc.sql(DELETE).param("id", id).param("organizationId", caller.organizationId()).update();
    if (deleted == 0) {
      var _ = find(caller.organizationId(), id);
      throw new FailureException(new InUse(id));
    }
  }

  /// Forgets those whose time is over, and tells how many they were.
  int forgetExpired() {
    return jdbc.sql(FORGET_EXPIRED).param("now", now()).update();
  }

  static StagedUpload map(ResultSet row, int number) throws SQLException {
    return new StagedUpload(
        row.getLong("id"),
        row.getLong("organization_id"),
        row.getLong("length"),
        row.getLong("received"),
        row.getInt("pieces"),
        row.getString("metadata"),
        row.getString("file_name"),
        WireName.get(StagedUploadState.class, row.getString("state")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
