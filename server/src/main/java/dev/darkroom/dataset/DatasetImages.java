package dev.darkroom.dataset;

import dev.darkroom.failure.FailureException;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.storage.ObjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// The images in the database. A bulk upload adds its images unseen and publishes them all at once;
/// whatever reads here sees published ones only.
@Repository
public class DatasetImages {

  private static final String INSERT =
      """
      INSERT INTO dataset_image (dataset_id, stored_object_id, bulk_upload_id, ordinal, published, image_name,
                                 caption, caption_source, width, height, format, size_bytes, sha256,
                                 crc32, perceptual_hash, had_alpha, exif, created_at, updated_at)
      VALUES (:datasetId, :storedObjectId, :bulkUploadId, :ordinal, false, :imageName,
              :caption, :captionSource, :width, :height, :format, :sizeBytes, decode(:sha256, 'hex'),
              :crc32, :perceptualHash, :hadAlpha, CAST(:exif AS jsonb), :now, :now)
      ON CONFLICT (bulk_upload_id, ordinal) DO NOTHING
      """;

  private static final String ADD =
      """
      INSERT INTO dataset_image (dataset_id, stored_object_id, ordinal, published, image_name, upload_source_url,
                                 caption_job_id, width, height, format, size_bytes, sha256, crc32,
                                 perceptual_hash, had_alpha, exif, created_at, updated_at)
      SELECT :datasetId, :storedObjectId, coalesce(max(ordinal) + 1, 0), true, :imageName, :sourceUrl,
             :captionJobId, :width, :height, :format, :sizeBytes, decode(:sha256, 'hex'), :crc32,
             :perceptualHash, :hadAlpha, CAST(:exif AS jsonb), :now, :now
      FROM dataset_image WHERE dataset_id = :datasetId
      RETURNING id
      """;

  private static final String PUBLISH =
      "UPDATE dataset_image SET published = true WHERE bulk_upload_id = :bulkUploadId AND NOT published";

  private static final String TOUCH =
      """
      UPDATE dataset SET updated_at = :now
      WHERE id IN (SELECT dataset_id FROM dataset_image WHERE bulk_upload_id = :bulkUploadId)
      """;

  private static final String REMOVE =
      "DELETE FROM dataset_image WHERE bulk_upload_id = :bulkUploadId";

  private static final String REMOVE_UNPUBLISHED =
      "DELETE FROM dataset_image WHERE bulk_upload_id = :bulkUploadId AND ordinal = :ordinal AND NOT published RETURNING caption";

  private static final String PROVIDE_CAPTION =
      """
      UPDATE dataset_image SET caption = :caption, caption_source = 'manual'
      WHERE bulk_upload_id = :bulkUploadId AND ordinal = :ordinal AND NOT published AND caption IS NULL
      """;

  private static final String SELECT =
      """
      SELECT *, encode(sha256, 'hex') AS sha256_hex,
        caption IS NULL AND EXISTS (SELECT FROM job WHERE job.id = caption_job_id AND job.running) AS pending
      FROM dataset_image WHERE published
      """;

  private static final String FIND = SELECT + "AND dataset_id = :datasetId AND id = :id";

  private static final String PAGE =
      SELECT + "AND dataset_id = :datasetId ORDER BY ordinal, id LIMIT :count OFFSET :offset";

  private static final String ALL = SELECT + "AND dataset_id = :datasetId ORDER BY ordinal, id";

  private static final String COUNT =
      "SELECT count(*) FROM dataset_image WHERE published AND dataset_id = :datasetId";

  private static final String FIND_STORED =
      """
      SELECT dataset_image.id, object_key, image_name, format, encode(sha256, 'hex') AS sha256
      FROM dataset_image JOIN stored_object ON stored_object.id = stored_object_id
      WHERE published AND dataset_image.id = :id
      """;

  private static final String SET_CAPTION =
      """
      UPDATE dataset_image SET caption = :caption, caption_source = :source, caption_author = :author,
        caption_schema_hash = :schemaHash, updated_at = :now
      WHERE id = ANY (:ids)
      """;

  private static final String FINGERPRINTS =
      """
      SELECT id, image_name, ordinal, encode(sha256, 'hex') AS sha256, perceptual_hash
      FROM dataset_image WHERE published AND dataset_id = :datasetId ORDER BY ordinal, id
      """;

  private static final String DELETE = "DELETE FROM dataset_image WHERE id = :id";

  /// How many rows are on the heap at a time where all are read.
  private static final int FETCH = 200;

  private final JdbcClient jdbc;
  private final NamedParameterJdbcTemplate batches;
  private final JsonMapper json;
  private final Clock clock;

  DatasetImages(JdbcClient jdbc, NamedParameterJdbcTemplate batches, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.json = json;
    this.clock = clock;
  }

  /// Adds images that nobody sees yet. One that is there already, by upload and ordinal, stays as
  /// it is. Runs in the caller's transaction.
  public void addUnpublished(List<NewImage> images) {
    var now = OffsetDateTime.now(clock);
    var rows = images.stream().map(i -> parameters(i, now)).toArray(SqlParameterSource[]::new);
    batches.batchUpdate(INSERT, rows);
  }

  /// Adds a visible image behind all others of its dataset, and gives its id. Runs in the caller's
  /// transaction and under the dataset's lock.
  public long add(UploadedImage image) {
    return jdbc.sql(ADD)
        .paramSource(
            parameters(image.facts(), OffsetDateTime.now(clock))
                .addValue("datasetId", image.datasetId())
                .addValue("storedObjectId", image.storedObjectId())
                .addValue("imageName", image.imageName())
                .addValue("sourceUrl", image.sourceUrl())
                .addValue("captionJobId", image.captionJobId(), Types.BIGINT))
        .query((row, _) -> row.getLong("id"))
        .single();
  }

  /// Makes the images of a bulk upload visible, all at once, which changes their dataset, and tells
  /// how many they are.
  public int publish(long bulkUploadId) {
    int published = jdbc.sql(PUBLISH).param("bulkUploadId", bulkUploadId).update();
    jdbc.sql(TOUCH)
        .param("bulkUploadId", bulkUploadId)
        .param("now", OffsetDateTime.now(clock))
        .update();
    return published;
  }

  /// Removes the images of a bulk upload, visible or not.
  public void removeOf(long bulkUploadId) {
    jdbc.sql(REMOVE).param("bulkUploadId", bulkUploadId).update();
  }

  /// Removes an image of a bulk upload that nobody has seen yet, and tells the caption that it had.
  public Optional<String> removeUnpublished(long bulkUploadId, int ordinal) {
    return jdbc.sql(REMOVE_UNPUBLISHED)
        .param("bulkUploadId", bulkUploadId)
        .param("ordinal", ordinal)
        .query((row, _) -> Optional.ofNullable(row.getString("caption")))
        .optional()
        .flatMap(caption -> caption);
  }

  /// Gives an image of a bulk upload that nobody has seen yet a caption, where it has none.
  public void provideCaption(long bulkUploadId, int ordinal, String caption) {
    jdbc.sql(PROVIDE_CAPTION)
        .param("bulkUploadId", bulkUploadId)
        .param("ordinal", ordinal)
        .param("caption", caption)
        .update();
  }

  /// Gives images the same caption, in place of what they had. Those that are gone stay so.
  public void setCaption(Collection<Long> imageIds, ImageCaption caption) {
    if (imageIds.isEmpty()) return;
    jdbc.sql(SET_CAPTION)
        .param("ids", imageIds.toArray(Long[]::new))
        .param("caption", caption.text())
        .param("source", caption.source())
        .param("author", caption.author())
        .param("schemaHash", caption.schemaHash())
        .param("now", OffsetDateTime.now(clock))
        .update();
  }

  /// What the dataset's images are told apart by, in archive order.
  public List<ImageFingerprint> fingerprints(long datasetId) {
    return jdbc.sql(FINGERPRINTS)
        .param("datasetId", datasetId)
        .query((row, _) ->
            new ImageFingerprint(
                row.getLong("id"),
                row.getString("image_name"),
                row.getInt("ordinal"),
                row.getString("sha256"),
                row.getLong("perceptual_hash")))
        .list();
  }

  /// Gets a visible image of the dataset.
  public DatasetImage get(long datasetId, long imageId) {
    return jdbc.sql(FIND)
        .param("datasetId", datasetId)
        .param("id", imageId)
        .query(DatasetImages::map)
        .optional()
        .orElseThrow(() -> new FailureException(new DatasetFailure.ImageNotFound(imageId)));
  }

  /// Gets what serves an image's bytes to whoever holds a link to it.
  StoredImage getStored(long imageId) {
    return jdbc.sql(FIND_STORED)
        .param("id", imageId)
        .query(DatasetImages::mapStored)
        .optional()
        .orElseThrow(() -> new FailureException(new DatasetFailure.ImageNotFound(imageId)));
  }

  List<DatasetImage> page(long datasetId, long offset, int count) {
    return jdbc.sql(PAGE)
        .param("datasetId", datasetId)
        .param("offset", offset)
        .param("count", count)
        .query(DatasetImages::map)
        .list();
  }

  /// Goes through all images of the dataset in archive order, as they are at one moment.
  @Transactional(readOnly = true)
  public void forEach(long datasetId, Consumer<DatasetImage> use) {
    jdbc.sql(ALL)
        .param("datasetId", datasetId)
        .withFetchSize(FETCH)
        .query(row -> {
          use.accept(map(row, 0));
        });
  }

  public int count(long datasetId) {
    return jdbc.sql(COUNT).param("datasetId", datasetId).query((row, _) -> row.getInt(1)).single();
  }

  void delete(long imageId) {
    jdbc.sql(DELETE).param("id", imageId).update();
  }

  private MapSqlParameterSource parameters(NewImage image, OffsetDateTime now) {
    return parameters(image.facts(), now)
        .addValue("datasetId", image.datasetId())
        .addValue("storedObjectId", image.storedObjectId())
        .addValue("bulkUploadId", image.bulkUploadId())
        .addValue("ordinal", image.ordinal())
        .addValue("imageName", image.imageName())
        .addValue("caption", image.caption())
        .addValue("captionSource", image.caption() == null ? null : "manual");
  }

  private MapSqlParameterSource parameters(NewImage.Facts facts, OffsetDateTime now) {
    return new MapSqlParameterSource()
        .addValue("width", facts.width())
        .addValue("height", facts.height())
        .addValue("format", facts.format().wireName())
        .addValue("sizeBytes", facts.sizeBytes())
        .addValue("sha256", facts.sha256())
        .addValue("crc32", facts.crc32())
        .addValue("perceptualHash", facts.perceptualHash())
        .addValue("hadAlpha", facts.hadAlpha())
        .addValue("exif", json.writeValueAsString(withoutNul(facts.exif())))
        .addValue("now", now);
  }

  // PostgreSQL keeps no NUL in a text, and cameras pad their texts with it.
  private static Map<String, Object> withoutNul(Map<String, Object> exif) {
    return exif.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e -> e.getValue() instanceof String s ? s.replace("\0", "") : e.getValue()));
  }

  private static DatasetImage map(ResultSet row, int index) throws SQLException {
    return new DatasetImage(
        row.getLong("id"),
        row.getLong("dataset_id"),
        row.getString("caption"),
        row.getBoolean("pending") ? "pending" : row.getString("caption_source"),
        row.getString("caption_author"),
        row.getString("upload_source_url"),
        row.getString("image_name"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        row.getInt("width"),
        row.getInt("height"),
        row.getString("format"),
        row.getLong("size_bytes"),
        row.getString("sha256_hex"),
        row.getInt("ordinal"));
  }

  private static StoredImage mapStored(ResultSet row, int index) throws SQLException {
    return new StoredImage(
        row.getLong("id"),
        new ObjectKey(row.getString("object_key")),
        row.getString("image_name"),
        format(row.getString("format")),
        row.getString("sha256"));
  }

  private static ImageFormat format(String wireName) {
    return Arrays.stream(ImageFormat.values())
        .filter(f -> f.wireName().equals(wireName))
        .findAny()
        .orElseThrow();
  }
}
