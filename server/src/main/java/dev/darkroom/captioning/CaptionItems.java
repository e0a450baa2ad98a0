package dev.darkroom.captioning;

import dev.darkroom.captioning.CaptionRuns.Settled;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The images of a run and what became of each (SQL of `caption_item`). A *picture* is what images
/// with the same bytes share; it is known by the SHA-256 of the bytes, in hexadecimal. Whatever
/// writes here holds the job's lock, and locks images before items: an image that is deleted takes
/// its row first and then its items.
@Component
final class CaptionItems {

  private static final String ADD =
      """
      INSERT INTO caption_item (run_id, number, dataset_image_id, sha256, batch, state)
      SELECT :runId, row_number() OVER (ORDER BY first, sha256, ordinal, id) - 1, id, sha256,
        (dense_rank() OVER (ORDER BY first, sha256) - 1) / :batchSize, 'open'
      FROM (
        SELECT id, sha256, ordinal, min(ordinal) OVER (PARTITION BY sha256) AS first
        FROM dataset_image
        WHERE dataset_id = :datasetId AND published AND (:all OR caption IS NULL)) image
      """;
  private static final String ADD_ONE =
      """
      INSERT INTO caption_item (run_id, number, dataset_image_id, sha256, batch, state)
      SELECT :runId, 0, id, sha256, 0, 'open' FROM dataset_image WHERE id = :imageId
      """;
  private static final String COUNT_BATCHES =
      "SELECT coalesce(max(batch) + 1, 0) FROM caption_item WHERE run_id = :runId";
  private static final String OPEN_PICTURES =
      """
      SELECT encode(sha256, 'hex') FROM caption_item
      WHERE run_id = :runId AND batch = :batch AND state = 'open'
      GROUP BY sha256 ORDER BY min(number)
      """;
  private static final String OPEN_IMAGES =
      """
      SELECT dataset_image_id FROM caption_item
      WHERE run_id = :runId AND state = 'open' AND dataset_image_id IS NOT NULL
      """;
  private static final String OF_PICTURE =
      " AND batch = :batch AND sha256 = decode(:picture, 'hex')";
  private static final String SETTLE =
      """
      UPDATE caption_item SET state = CASE WHEN dataset_image_id IS NULL THEN 'skipped' ELSE :state END
      WHERE run_id = :runId AND state = 'open'
      """;
  private static final String RETURNING = " RETURNING state";
  private static final String REMOVE = "DELETE FROM caption_item WHERE run_id = :runId";

  private final JdbcClient jdbc;

  CaptionItems(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Adds the dataset's visible images, in archive order, and tells how many they are.
  ///
  /// @param all those that have a caption, too
  /// @param batchSize how many pictures are in a batch
  int add(long runId, long datasetId, boolean all, int batchSize) {
    return jdbc.sql(ADD)
        .param("runId", runId)
        .param("datasetId", datasetId)
        .param("all", all)
        .param("batchSize", batchSize)
        .update();
  }

  /// Adds one image as the run's only one, and tells how many that are.
  int addOne(long runId, long imageId) {
    return jdbc.sql(ADD_ONE).param("runId", runId).param("imageId", imageId).update();
  }

  int countBatches(long runId) {
    return jdbc.sql(COUNT_BATCHES).param("runId", runId).query((row, _) -> row.getInt(1)).single();
  }

  /// The pictures of a batch that are not settled, in archive order.
  List<String> openPictures(long runId, int batch) {
    return jdbc.sql(OPEN_PICTURES)
        .param("runId", runId)
        .param("batch", batch)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /// One of the images that still wait for the picture's caption. None where all of them are gone
  /// or settled.
  Optional<Long> findOpenImage(PictureId picture) {
    return openImages(picture).stream().findFirst();
  }

  /// The images that wait for the picture's caption.
  List<Long> openImages(PictureId picture) {
    return of(picture, OPEN_IMAGES + OF_PICTURE)
        .query((row, _) -> row.getLong("dataset_image_id"))
        .list();
  }

  /// All images of the run that wait for a caption.
  List<Long> openImages(long runId) {
    return jdbc.sql(OPEN_IMAGES)
        .param("runId", runId)
        .query((row, _) -> row.getLong("dataset_image_id"))
        .list();
  }

  /// Settles the images that wait for the picture's caption; those that are gone are skipped.
  Settled settle(PictureId picture, State state) {
    return settled(of(picture, SETTLE + OF_PICTURE + RETURNING).param("state", state.toString()));
  }

  /// Settles all images of the run that wait for a caption.
  Settled settleAll(long runId, State state) {
    return settled(
        jdbc.sql(SETTLE + RETURNING).param("runId", runId).param("state", state.toString()));
  }

  void remove(long runId) {
    jdbc.sql(REMOVE).param("runId", runId).update();
  }

  private JdbcClient.StatementSpec of(PictureId picture, String sql) {
    return jdbc.sql(sql)
        .param("runId", picture.runId())
        .param("batch", picture.batch())
        .param("picture", picture.sha256());
  }

  private static Settled settled(JdbcClient.StatementSpec settle) {
    List<String> states = settle.query((row, _) -> row.getString("state")).list();
    return new Settled(
        count(states, State.DONE), count(states, State.FAILED), count(states, State.SKIPPED));
  }

  private static int count(List<String> states, State state) {
    return (int) states.stream().filter(state.toString()::equals).count();
  }

  /// Names a picture of a run.
  ///
  /// @param sha256 in hexadecimal
  record PictureId(long runId, int batch, String sha256) {}

  /// What became of an image that no longer waits.
  enum State {
    DONE,
    FAILED,
    SKIPPED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
