package dev.darkroom.project;

import dev.darkroom.api.Caller;
import dev.darkroom.api.WireName;
import dev.darkroom.failure.FailureException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/// The projects in the database. Whoever gets one may look at it, and whoever locks one may change
/// it: a project of another organization is not found, and then the caller's token is asked.
@Repository
public class Projects {

  private static final String INSERT =
      """
      INSERT INTO project (organization_id, project_name, project_description, ip_name, ip_description,
                           ip_medium, ip_type, training_version, status, created_at)
      VALUES (:organizationId, :projectName, :projectDescription, :ipName, :ipDescription,
              :ipMedium, :ipType, :trainingVersion, 'active', :createdAt)
      RETURNING *
      """;

  private static final String LIST =
      "SELECT * FROM project WHERE organization_id = :organizationId ORDER BY id DESC";

  private static final String FIND =
      "SELECT * FROM project WHERE id = :id AND organization_id = :organizationId";

  private static final String LOCK = FIND + " FOR UPDATE";

  private static final String UPDATE =
      """
      UPDATE project
      SET project_name = :projectName, project_description = :projectDescription,
          ip_name = :ipName, ip_description = :ipDescription
      WHERE id = :id
      RETURNING *
      """;

  private static final String SET_TRAINING_VERSION =
      "UPDATE project SET training_version = :trainingVersion WHERE id = :id";

  private static final String RUNNING_JOBS =
      """
      SELECT job.id FROM job JOIN dataset ON dataset.id = job.dataset_id
      WHERE dataset.project_id = :id AND job.running ORDER BY job.id
      """;

  // Whatever a job writes, it writes under this lock, and then locks the dataset or its images;
  // taken in the same order here, so that the two never wait for each other.
  private static final String LOCK_JOBS = RUNNING_JOBS + " FOR UPDATE OF job";

  // A job begins with a lock on its dataset, so none can begin after this.
  private static final String LOCK_DATASETS =
      "SELECT id FROM dataset WHERE project_id = :id ORDER BY id FOR UPDATE";

  private static final String RUNNING_UPLOADS =
      """
      SELECT dataset.id FROM dataset JOIN bulk_upload ON bulk_upload.dataset_id = dataset.id
      WHERE dataset.project_id = :id AND bulk_upload.state IN ('pending', 'processing')
      ORDER BY dataset.id
      """;

  private static final String DELETE_DATASETS = "DELETE FROM dataset WHERE project_id = :id";

  private static final String DELETE = "DELETE FROM project WHERE id = :id";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Projects(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  Project create(Caller caller, NewProject project) {
    caller.requireWrite();
    return jdbc.sql(INSERT)
        .param("organizationId", caller.organizationId())
        .params(project.texts().parameters())
        .param("ipMedium", project.medium().toString())
        .param("ipType", project.type().toString())
        .param("trainingVersion", Objects.toString(project.trainingVersion(), null))
        .param("createdAt", OffsetDateTime.now(clock))
        .query(Projects::map)
        .single();
  }

  /// The projects of the caller's organization, newest first.
  public List<Project> list(Caller caller) {
    caller.requireRead();
    return jdbc.sql(LIST)
        .param("organizationId", caller.organizationId())
        .query(Projects::map)
        .list();
  }

  public Project get(Caller caller, long projectId) {
    var project = select(FIND, caller, projectId);
    caller.requireRead();
    return project;
  }

  /// Gets a project and holds it against other changes until the transaction ends.
  @Transactional(propagation = Propagation.MANDATORY)
  public Project lock(Caller caller, long projectId) {
    var project = select(LOCK, caller, projectId);
    caller.requireWrite();
    return project;
  }

  /// Gives the locked project the version of its first dataset.
  @Transactional(propagation = Propagation.MANDATORY)
  public void setTrainingVersion(Project locked, TrainingVersion version) {
    jdbc.sql(SET_TRAINING_VERSION)
        .param("id", locked.id())
        .param("trainingVersion", version.toString())
        .update();
  }

  @Transactional
  Project update(Caller caller, long projectId, ProjectTexts.Given given) {
    var project = lock(caller, projectId);
    var texts = given.over(project.texts());
    project.ipType().check(texts);
    return jdbc.sql(UPDATE)
        .param("id", projectId)
        .params(texts.parameters())
        .query(Projects::map)
        .single();
  }

  /// Deletes a project with all its datasets. A job that began while the datasets' locks were
  /// waited for would have to be locked after them, out of order: then all locks are given back,
  /// and taken anew.
  public void delete(Caller caller, long projectId) {
    boolean deleted = false;
    while (!deleted) {
      deleted = Boolean.TRUE.equals(transaction.execute(_ -> deleteUnlessBegun(caller, projectId)));
    }
  }

  private boolean deleteUnlessBegun(Caller caller, long projectId) {
    lock(caller, projectId);
    List<Long> locked = ids(LOCK_JOBS, projectId);
    var _ = ids(LOCK_DATASETS, projectId);
    ids(RUNNING_UPLOADS, projectId).stream()
        .findFirst()
        .ifPresent(datasetId -> {
          throw new FailureException(new ProjectFailure.BulkUploadRuns(datasetId));
        });
    if (!locked.containsAll(ids(RUNNING_JOBS, projectId))) return false;
    jdbc.sql(DELETE_DATASETS).param("id", projectId).update();
    jdbc.sql(DELETE).param("id", projectId).update();
    return true;
  }

  private List<Long> ids(String sql, long projectId) {
    return jdbc.sql(sql).param("id", projectId).query((row, _) -> row.getLong(1)).list();
  }

  private Project select(String sql, Caller caller, long projectId) {
    return jdbc.sql(sql)
        .param("id", projectId)
        .param("organizationId", caller.organizationId())
        .query(Projects::map)
        .optional()
        .orElseThrow(() -> new FailureException(new ProjectFailure.NotFound(projectId)));
  }

  private static Project map(ResultSet row, int index) throws SQLException {
    var version = row.getString("training_version");
    return new Project(
        row.getLong("id"),
        row.getString("project_name"),
        row.getString("project_description"),
        row.getString("ip_name"),
        row.getString("ip_description"),
        WireName.get(IpMedium.class, row.getString("ip_medium")),
        WireName.get(IpType.class, row.getString("ip_type")),
        version == null ? null : WireName.get(TrainingVersion.class, version),
        row.getString("status"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
