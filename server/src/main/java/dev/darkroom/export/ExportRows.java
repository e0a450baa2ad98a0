package dev.darkroom.export;

import dev.darkroom.api.WireName;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.project.TrainingVersion;
import dev.darkroom.project.TrainingVersion.Family;
import dev.darkroom.storage.ObjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// What exports read of visible images. Who holds a signed link holds a dataset's id by right.
@Repository
class ExportRows {

  /// Rows with their captions on the heap at a time.
  private static final int FETCH_SIZE = 100;

  private static final String FIND_DATASET =
      "SELECT name, training_version FROM dataset WHERE id = :id";

  private static final String IMAGES =
      """
      SELECT dataset_image.id, image_name, ordinal, caption, format, size_bytes, encode(sha256, 'hex') AS sha256,
             crc32, stored_object_id, object_key
      FROM dataset_image JOIN stored_object ON stored_object.id = stored_object_id
      WHERE published AND dataset_id = :datasetId ORDER BY ordinal, dataset_image.id
      """;

  private static final String SIZES =
      """
      SELECT size_bytes FROM dataset_image
      WHERE published AND dataset_id = :datasetId ORDER BY ordinal, id
      """;

  private static final String TEXTS =
      """
      SELECT id, image_name, ordinal, caption FROM dataset_image
      WHERE published AND id = ANY (:ids)
      """;

  private static final String ALL_AUTOMATIC =
      """
      SELECT coalesce(bool_and(caption_source IS NOT DISTINCT FROM 'automatic'), false)
      FROM dataset_image WHERE published AND dataset_id = :datasetId
      """;

  private static final String KEEP_CRC32 =
      """
      UPDATE dataset_image SET crc32 = :crc32 WHERE stored_object_id = :objectId AND crc32 IS NULL
      """;

  private final JdbcClient jdbc;

  ExportRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The dataset that images are exported from.
  record Origin(String name, Family family) {}

  Optional<Origin> findDataset(long datasetId) {
    return jdbc.sql(FIND_DATASET)
        .param("id", datasetId)
        .query((row, _) ->
            new Origin(
                row.getString("name"),
                WireName.get(TrainingVersion.class, row.getString("training_version")).family()))
        .optional();
  }

  /// Gives the dataset's images in archive order, as they are at one instant. In a transaction,
  /// since the driver reads some rows at a time only there.
  @Transactional(readOnly = true)
  public void forEachImage(long datasetId, Consumer<ExportedRow> consumer) {
    jdbc.sql(IMAGES)
        .withFetchSize(FETCH_SIZE)
        .param("datasetId", datasetId)
        .query(row -> {
          consumer.accept(map(row));
        });
  }

  /// How large each image is, in the same order.
  List<Long> sizes(long datasetId) {
    return jdbc.sql(SIZES).param("datasetId", datasetId).query((row, _) -> row.getLong(1)).list();
  }

  /// What is said of images by now; those that are gone are left out.
  Map<Long, ImageText> texts(List<Long> imageIds) {
    Map<Long, ImageText> texts = new HashMap<>();
    jdbc.sql(TEXTS)
        .param("ids", imageIds.toArray(Long[]::new))
        .query(row -> {
          texts.put(row.getLong("id"), text(row));
        });
    return texts;
  }

  /// Whether there are images, and each has a caption that was generated.
  boolean hasOnlyAutomaticCaptions(long datasetId) {
    return jdbc.sql(ALL_AUTOMATIC)
        .param("datasetId", datasetId)
        .query((row, _) -> row.getBoolean(1))
        .single();
  }

  /// Keeps the checksum of an object for all images that share it.
  void keepCrc32(long objectId, long crc32) {
    jdbc.sql(KEEP_CRC32).param("objectId", objectId).param("crc32", crc32).update();
  }

  private static ExportedRow map(ResultSet row) throws SQLException {
    return new ExportedRow(
        row.getLong("id"),
        text(row),
        format(row.getString("format")),
        row.getLong("stored_object_id"),
        new ObjectKey(row.getString("object_key")).original(),
        row.getLong("size_bytes"),
        row.getString("sha256"),
        row.getObject("crc32", Long.class));
  }

  private static ImageText text(ResultSet row) throws SQLException {
    return new ImageText(
        row.getString("image_name"), row.getInt("ordinal"), row.getString("caption"));
  }

  private static ImageFormat format(String wireName) {
    return Arrays.stream(ImageFormat.values())
        .filter(format -> format.wireName().equals(wireName))
        .findAny()
        .orElseThrow();
  }
}
