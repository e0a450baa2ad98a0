package dev.darkroom.captioning;

import dev.darkroom.api.WireName;
import dev.darkroom.project.TrainingVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The caption runs and how far they are (SQL of `caption_run`).
@Component
final class CaptionRuns {

  private static final String BEGIN =
      """
      INSERT INTO caption_run (id, dataset_id, state, total, started_at)
      VALUES (:id, :datasetId, 'running', 0, :now)
      """;
  private static final String SET_TOTAL = "UPDATE caption_run SET total = :total WHERE id = :id";
  private static final String FIND_RUNNING =
      """
      SELECT run.id, dataset_id, training_version, visual_schema, caption_prefix
      FROM caption_run run JOIN dataset ON dataset.id = dataset_id
      WHERE run.id = :id AND state = 'running'
      """;
  private static final String COUNT =
      """
      UPDATE caption_run SET done = done + :done, failed = failed + :failed, skipped = skipped + :skipped
      WHERE id = :id
      """;
  private static final String END =
      "UPDATE caption_run SET state = :state WHERE id = :id AND state = 'running'";
  private static final String REMOVE = "DELETE FROM caption_run WHERE id = :id";
  private static final String DATASET_OF_RUNNING =
      "SELECT dataset_id FROM caption_run WHERE id = :id AND state = 'running'";
  private static final String ANY_RUNNING =
      "SELECT EXISTS (SELECT FROM caption_run WHERE dataset_id = :datasetId AND state = 'running')";

  private final JdbcClient jdbc;
  private final Clock clock;

  CaptionRuns(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  void begin(long id, long datasetId) {
    jdbc.sql(BEGIN)
        .param("id", id)
        .param("datasetId", datasetId)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  void setTotal(long id, int total) {
    jdbc.sql(SET_TOTAL).param("id", id).param("total", total).update();
  }

  /// The run, where it is not over. What its captions look like cannot change meanwhile: the
  /// dataset takes no other schema or prefix while a run goes on.
  Optional<CaptionRun> findRunning(long id) {
    return jdbc.sql(FIND_RUNNING).param("id", id).query((row, _) -> run(row)).optional();
  }

  void count(long id, Settled settled) {
    jdbc.sql(COUNT)
        .param("id", id)
        .param("done", settled.done())
        .param("failed", settled.failed())
        .param("skipped", settled.skipped())
        .update();
  }

  void complete(long id) {
    end(id, "completed");
  }

  void cancel(long id) {
    end(id, "cancelled");
  }

  private void end(long id, String state) {
    jdbc.sql(END).param("id", id).param("state", state).update();
  }

  /// Forgets a run that has nothing to do.
  void remove(long id) {
    jdbc.sql(REMOVE).param("id", id).update();
  }

  /// The dataset of the run, where it is not over.
  Optional<Long> findDatasetOfRunning(long id) {
    return jdbc.sql(DATASET_OF_RUNNING)
        .param("id", id)
        .query((row, _) -> row.getLong("dataset_id"))
        .optional();
  }

  /// Whether a run of the dataset goes on. Certain only under the dataset's lock.
  boolean anyRunning(long datasetId) {
    return jdbc.sql(ANY_RUNNING)
        .param("datasetId", datasetId)
        .query((row, _) -> row.getBoolean(1))
        .single();
  }

  private static CaptionRun run(ResultSet row) throws SQLException {
    var version = WireName.get(TrainingVersion.class, row.getString("training_version"));
    var form =
        CaptionForm.of(
                version.family(), row.getString("visual_schema"), row.getString("caption_prefix"))
            .orElseThrow(() -> new IllegalStateException("a run without a visual schema"));
    return new CaptionRun(row.getLong("id"), row.getLong("dataset_id"), form);
  }

  /// How many images were settled, and how.
  ///
  /// @param skipped they are gone
  record Settled(int done, int failed, int skipped) {}
}
