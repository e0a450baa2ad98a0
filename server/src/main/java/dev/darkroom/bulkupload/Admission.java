package dev.darkroom.bulkupload;

import dev.darkroom.bulkupload.IntakeFailure.TooManyWaiting;
import dev.darkroom.failure.FailureException;
import dev.darkroom.job.StepQueue;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Lets only so many uploads of an organization go on at a time (SQL of `bulk_upload.admitted`);
/// the others wait, and begin in the order in which they were accepted. An upload counts until its
/// images are published: captions are written in lanes of their own.
///
/// Nobody is forgotten, because whoever accepts an upload, and whoever ends one, looks for the next
/// in the same transaction and under the organization's lock. That lock stands behind the job's,
/// and before all rows of an upload that may be waiting still; whoever holds it writes such rows,
/// and otherwise only what is its own already. So no two wait for each other.
@Component
final class Admission {

  private static final String LOCK =
      "SELECT id FROM organization WHERE id = :organizationId FOR NO KEY UPDATE";
  private static final String ORGANIZATION_OF =
      "SELECT organization_id FROM bulk_upload WHERE id = :uploadId";
  private static final String ADMIT =
      """
      UPDATE bulk_upload SET admitted = true
      WHERE id IN (
        SELECT id FROM bulk_upload
        WHERE organization_id = :organizationId AND state = 'pending' AND NOT admitted
        ORDER BY id
        LIMIT greatest(0, :max - (
          SELECT count(*) FROM bulk_upload
          WHERE organization_id = :organizationId AND state IN ('pending', 'processing')
            AND admitted AND phase <> 'captioning')))
      RETURNING id
      """;
  private static final String WAITING =
      """
      SELECT count(*) FROM bulk_upload
      WHERE organization_id = :organizationId AND state = 'pending' AND NOT admitted
      """;
  private static final String WAITED_FOR =
      """
      SELECT DISTINCT organization_id FROM bulk_upload
      WHERE state = 'pending' AND NOT admitted ORDER BY organization_id
      """;

  private final JdbcClient jdbc;
  private final StepQueue steps;
  private final BulkUploadSettings settings;
  private final TransactionTemplate transaction;

  Admission(
      JdbcClient jdbc,
      StepQueue steps,
      BulkUploadSettings settings,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.steps = steps;
    this.settings = settings;
    this.transaction = transaction;
  }

  /// Has all who accept or end uploads of the organization wait for the end of the caller's
  /// transaction. What is accepted under it is in order.
  void lock(long organizationId) {
    jdbc.sql(LOCK)
        .param("organizationId", organizationId)
        .query((row, _) -> row.getLong("id"))
        .single();
  }

  /// The same for the organization of an upload, which it gives.
  long lockOrganizationOf(long uploadId) {
    long organizationId =
        jdbc.sql(ORGANIZATION_OF)
            .param("uploadId", uploadId)
            .query((row, _) -> row.getLong("organization_id"))
            .single();
    lock(organizationId);
    return organizationId;
  }

  /// Refuses a further upload where as many of the organization wait as may; under the
  /// organization's lock no other comes in between. While any waits, a further one would wait, too.
  void requireRoom(long organizationId) {
    int waiting =
        jdbc.sql(WAITING)
            .param("organizationId", organizationId)
            .query((row, _) -> row.getInt(1))
            .single();
    int max = settings.maxWaitingPerOrganization();
    if (waiting >= max) throw new FailureException(new TooManyWaiting(max, waiting + 1));
  }

  /// Begins those that wait, as far as there is room; to be called under the organization's lock.
  void admit(long organizationId) {
    List<Long> admitted =
        jdbc.sql(ADMIT)
            .param("organizationId", organizationId)
            .param("max", settings.maxRunningPerOrganization())
            .query((row, _) -> row.getLong("id"))
            .list();
    admitted.stream().sorted().forEach(upload -> steps.schedule(upload, PlanTask.NAME, 0));
  }

  /// Begins what no end of an upload has begun, because room came from elsewhere: a setting was
  /// raised, or rows were deleted by hand.
  void admitLate() {
    for (long organization : waitedFor()) {
      transaction.executeWithoutResult(_ -> {
        lock(organization);
        admit(organization);
      });
    }
  }

  private List<Long> waitedFor() {
    return jdbc.sql(WAITED_FOR).query((row, _) -> row.getLong("organization_id")).list();
  }
}
