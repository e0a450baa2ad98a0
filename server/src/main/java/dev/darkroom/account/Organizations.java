package dev.darkroom.account;

import dev.darkroom.account.AccountFailure.OrganizationNameTaken;
import dev.darkroom.account.AccountFailure.OrganizationNotFound;
import dev.darkroom.account.AccountFailure.OrganizationPurging;
import dev.darkroom.account.Organization.Status;
import dev.darkroom.account.Organization.Usage;
import dev.darkroom.failure.FailureException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The organizations in the database. Every change is one statement, so that commands can make it
/// without a transaction around it. What is to be purged takes no change any more.
@Repository
public class Organizations {

  private static final String SELECT =
      """
      SELECT organization.*,
             (SELECT coalesce(sum(bytes), 0) FROM dataset_storage
              WHERE organization_id = organization.id) AS storage_bytes,
             (SELECT count(*) FROM bulk_upload
              WHERE organization_id = organization.id AND state IN ('pending', 'processing')) AS uploads_running,
             CASE WHEN upload_day = :today THEN uploads_on_day ELSE 0 END AS uploads_today
      FROM organization
      """;
  private static final String LIST = SELECT + "ORDER BY name";
  private static final String FIND = SELECT + "WHERE id = :id";
  private static final String FIND_BY_NAME = SELECT + "WHERE name = :name";
  private static final String ADD =
      """
      INSERT INTO organization (name, created_at) VALUES (:name, :now) ON CONFLICT (name) DO NOTHING
      """;
  private static final String SUSPEND =
      """
      UPDATE organization SET suspended_at = coalesce(suspended_at, :now)
      WHERE id = :id AND purge_requested_at IS NULL
      """;
  private static final String RESUME =
      "UPDATE organization SET suspended_at = NULL WHERE id = :id AND purge_requested_at IS NULL";
  private static final String SET_QUOTA =
      """
      UPDATE organization SET quota_storage_bytes = :storageBytes, quota_uploads_running = :uploadsRunning,
        quota_uploads_per_day = :uploadsPerDay
      WHERE id = :id AND purge_requested_at IS NULL
      """;
  private static final String BEGIN_PURGE =
      "UPDATE organization SET purge_requested_at = coalesce(purge_requested_at, :now) WHERE id = :id";
  private static final String PURGING =
      "SELECT id FROM organization WHERE purge_requested_at IS NOT NULL ORDER BY id";
  private static final String REMOVE =
      """
      WITH tokens AS (DELETE FROM api_token WHERE organization_id = :id)
      DELETE FROM organization WHERE id = :id AND purge_requested_at IS NOT NULL
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  Organizations(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// All of them, by name.
  public List<Organization> list() {
    return select(LIST, Map.of()).list();
  }

  public Organization get(long id) {
    return select(FIND, Map.of("id", id))
        .optional()
        .orElseThrow(() -> new FailureException(new OrganizationNotFound(Long.toString(id))));
  }

  public Organization get(String name) {
    return select(FIND_BY_NAME, Map.of("name", name))
        .optional()
        .orElseThrow(() -> new FailureException(new OrganizationNotFound(name)));
  }

  /// Gets one that takes changes and new tokens.
  public Organization getOpen(String name) {
    var organization = get(name);
    if (organization.status() == Status.PURGING) {
      throw new FailureException(new OrganizationPurging(name));
    }
    return organization;
  }

  /// Adds an organization whose name nobody has, not even one that is being purged.
  public Organization create(String name) {
    boolean added = add(name);
    var organization = getOpen(name);
    if (!added) throw new FailureException(new OrganizationNameTaken(name));
    return organization;
  }

  /// Adds an organization; false where there is one of that name.
  boolean add(String name) {
    return jdbc.sql(ADD).param("name", name).param("now", now()).update() == 1;
  }

  /// Has its tokens refused; what it has begun goes on.
  public void suspend(long id) {
    change(id, jdbc.sql(SUSPEND).param("now", now()));
  }

  public void resume(long id) {
    change(id, jdbc.sql(RESUME));
  }

  public void setQuota(long id, Quota quota) {
    change(
        id,
        jdbc.sql(SET_QUOTA)
            .param("storageBytes", quota.storageBytes())
            .param("uploadsRunning", quota.uploadsRunning())
            .param("uploadsPerDay", quota.uploadsPerDay()));
  }

  private void change(long id, JdbcClient.StatementSpec update) {
    if (update.param("id", id).update() == 0) {
      throw new FailureException(new OrganizationPurging(get(id).name()));
    }
  }

  /// Gives an organization up: its tokens let nobody in from now on, and what it has is deleted by
  /// the nodes that run, piece by piece.
  public void beginPurge(long id) {
    if (jdbc.sql(BEGIN_PURGE).param("id", id).param("now", now()).update() == 0) {
      throw new FailureException(new OrganizationNotFound(Long.toString(id)));
    }
  }

  /// Those that are to be purged.
  public List<Long> purging() {
    return jdbc.sql(PURGING).query((row, _) -> row.getLong("id")).list();
  }

  /// Removes an organization that is to be purged, with its tokens. Fails where anything of it is
  /// left.
  public void remove(long id) {
    jdbc.sql(REMOVE).param("id", id).update();
  }

  private JdbcClient.MappedQuerySpec<Organization> select(String sql, Map<String, ?> parameters) {
    return jdbc.sql(sql)
        .param("today", LocalDate.now(clock.withZone(ZoneOffset.UTC)))
        .params(parameters)
        .query(Organizations::map);
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }

  private static Organization map(ResultSet row, int index) throws SQLException {
    @Nullable OffsetDateTime suspendedAt = row.getObject("suspended_at", OffsetDateTime.class);
    return new Organization(
        row.getLong("id"),
        row.getString("name"),
        status(row.getObject("purge_requested_at") != null, suspendedAt != null),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        suspendedAt == null ? null : suspendedAt.toInstant(),
        new Quota(
            row.getObject("quota_storage_bytes", Long.class),
            row.getObject("quota_uploads_running", Integer.class),
            row.getObject("quota_uploads_per_day", Integer.class)),
        new Usage(
            row.getLong("storage_bytes"),
            row.getInt("uploads_running"),
            row.getInt("uploads_today")));
  }

  private static Status status(boolean purging, boolean suspended) {
    if (purging) return Status.PURGING;
    return suspended ? Status.SUSPENDED : Status.ACTIVE;
  }
}
