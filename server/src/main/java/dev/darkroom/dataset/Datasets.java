package dev.darkroom.dataset;

import dev.darkroom.api.Caller;
import dev.darkroom.api.WireName;
import dev.darkroom.failure.FailureException;
import dev.darkroom.project.Project;
import dev.darkroom.project.Projects;
import dev.darkroom.project.TrainingVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/// The datasets in the database. Whoever gets one may look at it, and whoever locks one may change
/// it: a dataset of another organization is not found, and then the caller's token is asked.
@Repository
public class Datasets {

  private static final String SELECT =
      """
      SELECT dataset.*,
             (SELECT count(*) FROM dataset_image
              WHERE dataset_image.dataset_id = dataset.id AND dataset_image.published) AS images_count
      FROM dataset
      WHERE organization_id = :organizationId
      """;

  private static final String EXISTS =
      "SELECT EXISTS (SELECT FROM dataset WHERE id = :id AND organization_id = :organizationId)";

  private static final String LIST = SELECT + "ORDER BY id DESC";

  private static final String LIST_OF_PROJECT =
      SELECT + "AND project_id = :projectId ORDER BY id DESC";

  private static final String FIND = SELECT + "AND id = :id";

  // Every change of a dataset and the start of a bulk upload take this lock, one after the other.
  private static final String LOCK =
      "SELECT id FROM dataset WHERE id = :id AND organization_id = :organizationId FOR UPDATE";

  private static final String INSERT =
      """
      INSERT INTO dataset (organization_id, project_id, name, training_version, status,
                           captions_update_status, upload_type, created_at, updated_at)
      VALUES (:organizationId, :projectId, :name, :trainingVersion, 'draft',
              'empty', :uploadType, :now, :now)
      RETURNING *, 0 AS images_count
      """;

  private static final String UPDATE =
      """
      UPDATE dataset
      SET name = :name, visual_schema = :visualSchema, caption_prefix = :captionPrefix,
          status = :status, updated_at = :now
      WHERE id = :id
      """;

  private static final String UPLOAD_RUNS =
      """
      SELECT EXISTS (SELECT FROM bulk_upload
                     WHERE dataset_id = :id AND state IN ('pending', 'processing'))
      """;

  private static final String HAS_IMAGES =
      "SELECT EXISTS (SELECT FROM dataset_image WHERE dataset_id = :id)";

  private static final String SET_CAPTIONS_UPDATE_STATUS =
      "UPDATE dataset SET captions_update_status = :status, updated_at = :now WHERE id = :id";

  private static final String TOUCH = "UPDATE dataset SET updated_at = :now WHERE id = :id";

  private static final String RUNNING_JOBS =
      "SELECT id FROM job WHERE dataset_id = :id AND running ORDER BY id";

  // Whatever a job writes, it writes under this lock, and then locks the dataset or its images;
  // taken in the same order here, so that the two never wait for each other.
  private static final String LOCK_JOBS = RUNNING_JOBS + " FOR UPDATE";

  private static final String DELETE = "DELETE FROM dataset WHERE id = :id";

  private final JdbcClient jdbc;
  private final Projects projects;
  private final DatasetSettings settings;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Datasets(
      JdbcClient jdbc,
      Projects projects,
      DatasetSettings settings,
      TransactionTemplate transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.projects = projects;
    this.settings = settings;
    this.transaction = transaction;
    this.clock = clock;
  }

  /// Makes a dataset, and gives its project the family when it is the first.
  @Transactional
  Dataset create(Caller caller, NewDataset dataset) {
    var project = projects.lock(caller, dataset.projectId());
    var version = versionIn(project, dataset.trainingVersion());
    if (project.trainingVersion() == null) {
      projects.setTrainingVersion(project, version);
    }
    return jdbc.sql(INSERT)
        .param("organizationId", caller.organizationId())
        .param("projectId", dataset.projectId())
        .param("name", dataset.name())
        .param("trainingVersion", version.toString())
        .param("uploadType", dataset.uploadType().toString())
        .param("now", OffsetDateTime.now(clock))
        .query(Datasets::map)
        .single();
  }

  private TrainingVersion versionIn(Project project, @Nullable TrainingVersion wanted) {
    var ofProject = project.trainingVersion();
    if (ofProject == null) {
      return wanted == null ? settings.trainingVersion() : wanted;
    }
    if (wanted != null && wanted.family() != ofProject.family()) {
      throw new FailureException(new DatasetFailure.OtherFamily(wanted, ofProject.family()));
    }
    return wanted == null ? ofProject : wanted;
  }

  /// The datasets of the caller's organization, newest first.
  public List<Dataset> list(Caller caller) {
    caller.requireRead();
    return jdbc.sql(LIST)
        .param("organizationId", caller.organizationId())
        .query(Datasets::map)
        .list();
  }

  public List<Dataset> listOfProject(Caller caller, long projectId) {
    projects.get(caller, projectId);
    return jdbc.sql(LIST_OF_PROJECT)
        .param("organizationId", caller.organizationId())
        .param("projectId", projectId)
        .query(Datasets::map)
        .list();
  }

  /// Gets a dataset that the caller may look at.
  public Dataset get(Caller caller, long datasetId) {
    var dataset = find(caller, datasetId);
    caller.requireRead();
    return dataset;
  }

  /// Refuses a caller who may not look at the dataset. Cheaper than to get it, which counts images.
  public void requireReadable(Caller caller, long datasetId) {
    boolean exists =
        jdbc.sql(EXISTS)
            .param("id", datasetId)
            .param("organizationId", caller.organizationId())
            .query((row, _) -> row.getBoolean(1))
            .single();
    if (!exists) throw notFound(datasetId);
    caller.requireRead();
  }

  /// Gets a dataset that the caller may change, and holds it against other changes and against the
  /// start of a bulk upload until the transaction ends.
  @Transactional(propagation = Propagation.MANDATORY)
  public Dataset lock(Caller caller, long datasetId) {
    var _ =
        jdbc.sql(LOCK)
            .param("id", datasetId)
            .param("organizationId", caller.organizationId())
            .query((row, _) -> row.getLong(1))
            .optional();
    var dataset = find(caller, datasetId);
    caller.requireWrite();
    return dataset;
  }

  /// Whether the dataset holds any image, visible or not.
  public boolean hasImages(long datasetId) {
    return is(HAS_IMAGES, datasetId);
  }

  /// Refuses a change of the dataset's captions while it is completed, or while a bulk upload or a
  /// caption run goes on in it.
  public void requireCaptionsMayChange(Dataset present) {
    DatasetChange.checkCaptionsMayChange(present, isBusy(present));
  }

  /// Refuses what cannot be done while a bulk upload to the dataset runs.
  void requireNoBulkUpload(long datasetId) {
    if (is(UPLOAD_RUNS, datasetId)) {
      throw new FailureException(DatasetFailure.Plain.BULK_UPLOAD_RUNS);
    }
  }

  /// Notes how far the captions are, which changes the dataset.
  public void setCaptionsUpdateStatus(long datasetId, CaptionsUpdateStatus status) {
    jdbc.sql(SET_CAPTIONS_UPDATE_STATUS)
        .param("id", datasetId)
        .param("status", status.toString())
        .param("now", OffsetDateTime.now(clock))
        .update();
  }

  /// Notes that something in the dataset has changed.
  public void touch(long datasetId) {
    jdbc.sql(TOUCH).param("id", datasetId).param("now", OffsetDateTime.now(clock)).update();
  }

  private boolean isBusy(Dataset present) {
    return present.captionsUpdateStatus() == CaptionsUpdateStatus.IN_PROGRESS
        || is(UPLOAD_RUNS, present.id());
  }

  @Transactional
  Dataset update(Caller caller, long datasetId, DatasetChange change) {
    var present = lock(caller, datasetId);
    var changed = change.over(present, isBusy(present));
    jdbc.sql(UPDATE)
        .param("id", datasetId)
        .param("name", changed.name())
        .param("visualSchema", changed.visualSchema())
        .param("captionPrefix", changed.captionPrefix())
        .param("status", changed.status().toString())
        .param("now", OffsetDateTime.now(clock))
        .update();
    return find(caller, datasetId);
  }

  /// Deletes a dataset in which no bulk upload runs, with all that is in it.
  ///
  /// A job that began while the dataset's lock was waited for would have to be locked after it, out
  /// of order: then all locks are given back, and taken anew. None begins under the dataset's lock.
  public void delete(Caller caller, long datasetId) {
    boolean deleted = false;
    while (!deleted) {
      deleted = Boolean.TRUE.equals(transaction.execute(_ -> deleteUnlessBegun(caller, datasetId)));
    }
  }

  private boolean deleteUnlessBegun(Caller caller, long datasetId) {
    var _ = find(caller, datasetId);
    List<Long> locked = jobs(LOCK_JOBS, datasetId);
    lock(caller, datasetId);
    requireNoBulkUpload(datasetId);
    if (!locked.containsAll(jobs(RUNNING_JOBS, datasetId))) return false;
    jdbc.sql(DELETE).param("id", datasetId).update();
    return true;
  }

  private List<Long> jobs(String sql, long datasetId) {
    return jdbc.sql(sql).param("id", datasetId).query((row, _) -> row.getLong(1)).list();
  }

  private boolean is(String condition, long datasetId) {
    return jdbc.sql(condition).param("id", datasetId).query((row, _) -> row.getBoolean(1)).single();
  }

  /// Gets a dataset of the caller's organization, whatever the caller may do.
  Dataset find(Caller caller, long datasetId) {
    return jdbc.sql(FIND)
        .param("id", datasetId)
        .param("organizationId", caller.organizationId())
        .query(Datasets::map)
        .optional()
        .orElseThrow(() -> notFound(datasetId));
  }

  private static FailureException notFound(long datasetId) {
    return new FailureException(new DatasetFailure.NotFound(datasetId));
  }

  private static Dataset map(ResultSet row, int index) throws SQLException {
    return new Dataset(
        row.getLong("id"),
        row.getLong("organization_id"),
        row.getLong("project_id"),
        row.getString("name"),
        WireName.get(TrainingVersion.class, row.getString("training_version")),
        row.getString("visual_schema"),
        row.getString("caption_prefix"),
        WireName.get(DatasetStatus.class, row.getString("status")),
        WireName.get(CaptionsUpdateStatus.class, row.getString("captions_update_status")),
        WireName.get(UploadType.class, row.getString("upload_type")),
        row.getInt("images_count"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
