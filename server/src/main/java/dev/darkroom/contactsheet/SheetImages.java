package dev.darkroom.contactsheet;

import dev.darkroom.dataset.ImageLinks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The images of a dataset as a sheet lists them, in archive order. A list is counted off in the
/// index, whichever part of it is asked for: the last 60 of 5 000 images take about a millisecond.
@Repository
class SheetImages {

  private static final String OUTDATED =
      """
      (caption_source = 'automatic' AND CAST(:schemaHash AS text) IS NOT NULL
       AND caption_schema_hash IS DISTINCT FROM CAST(:schemaHash AS text))
      """;

  private static final String LISTED =
      """
      FROM dataset_image WHERE published AND dataset_id = :datasetId
        AND CASE :captions WHEN 'missing' THEN caption IS NULL
                           WHEN 'manual' THEN coalesce(caption_source = 'manual', false)
                           WHEN 'outdated' THEN %s
                           ELSE true END
        AND (:search = '' OR strpos(lower(image_name), lower(:search)) > 0
             OR strpos(lower(coalesce(caption, '')), lower(:search)) > 0)
      """
          .formatted(OUTDATED);

  private static final String COUNT = "SELECT count(*) " + LISTED;

  private static final String MARKS =
      """
      image.id, image_name, width, height, size_bytes, caption IS NULL AS missing, coalesce(caption_source = 'manual', false) AS manual,
      %s AS outdated,
      EXISTS (SELECT FROM caption_item WHERE dataset_image_id = image.id AND state = 'open') AS pending
      """
          .formatted(OUTDATED);

  private static final String CELLS =
      """
      WITH shown AS (SELECT id, ordinal %s ORDER BY ordinal, id LIMIT :count OFFSET :offset)
      SELECT %s FROM shown JOIN dataset_image image ON image.id = shown.id
      ORDER BY shown.ordinal, shown.id
      """
          .formatted(LISTED, MARKS);

  private static final String CHOSEN =
      "SELECT %s FROM dataset_image image WHERE published AND dataset_id = :datasetId AND id = ANY (:ids) ORDER BY ordinal, id"
          .formatted(MARKS);

  private static final String PLACE =
      """
      WITH listed AS (SELECT id, ordinal %s),
           here AS (SELECT id, ordinal FROM dataset_image WHERE id = :imageId)
      SELECT (SELECT count(*) FROM listed, here WHERE (listed.ordinal, listed.id) < (here.ordinal, here.id)) AS index,
             (SELECT listed.id FROM listed, here WHERE (listed.ordinal, listed.id) < (here.ordinal, here.id)
              ORDER BY listed.ordinal DESC, listed.id DESC LIMIT 1) AS previous,
             (SELECT listed.id FROM listed, here WHERE (listed.ordinal, listed.id) > (here.ordinal, here.id)
              ORDER BY listed.ordinal, listed.id LIMIT 1) AS next,
             (SELECT count(*) FROM listed) AS total
      """
          .formatted(LISTED);

  private static final String TALLY =
      """
      SELECT count(*) AS all_images, count(*) FILTER (WHERE caption IS NULL) AS missing,
             count(*) FILTER (WHERE %s) AS outdated, count(*) FILTER (WHERE caption_source = 'manual') AS manual
      FROM dataset_image WHERE published AND dataset_id = :datasetId
      """
          .formatted(OUTDATED);

  private static final String EXIF =
      "SELECT exif FROM dataset_image WHERE published AND dataset_id = :datasetId AND id = :imageId";

  private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final ImageLinks links;
  private final JsonMapper json;

  SheetImages(JdbcClient jdbc, ImageLinks links, JsonMapper json) {
    this.jdbc = jdbc;
    this.links = links;
    this.json = json;
  }

  int count(Listing listing) {
    return of(listing, COUNT).query((row, _) -> row.getInt(1)).single();
  }

  /// A part of the list.
  List<Cell> cells(Listing listing, int offset, int count) {
    return of(listing, CELLS)
        .param("offset", offset)
        .param("count", count)
        .query((row, i) -> cell(row, offset + i))
        .list();
  }

  /// Those of the images that are in the listing's dataset, in archive order.
  List<Cell> chosen(Listing listing, Collection<Long> imageIds) {
    return jdbc.sql(CHOSEN)
        .param("datasetId", listing.datasetId())
        .param("schemaHash", listing.schemaHash())
        .param("ids", imageIds.toArray(Long[]::new))
        .query(this::cell)
        .list();
  }

  /// Where the image of the listing's dataset is in the list.
  Place place(Listing listing, long imageId) {
    return of(listing, PLACE)
        .param("imageId", imageId)
        .query((row, _) ->
            new Place(
                row.getInt("index"), id(row, "previous"), id(row, "next"), row.getInt("total")))
        .single();
  }

  CaptionTally tally(Listing listing) {
    return jdbc.sql(TALLY)
        .param("datasetId", listing.datasetId())
        .param("schemaHash", listing.schemaHash())
        .query((row, _) ->
            new CaptionTally(
                row.getInt("all_images"),
                row.getInt("missing"),
                row.getInt("outdated"),
                row.getInt("manual")))
        .single();
  }

  /// What the camera wrote into the image, by EXIF tag name in snake_case.
  Map<String, Object> exif(long datasetId, long imageId) {
    return jdbc.sql(EXIF)
        .param("datasetId", datasetId)
        .param("imageId", imageId)
        .query((row, _) -> json.readValue(row.getString("exif"), FACTS))
        .single();
  }

  private JdbcClient.StatementSpec of(Listing listing, String sql) {
    return jdbc.sql(sql)
        .param("datasetId", listing.datasetId())
        .param("captions", listing.captions().toString())
        .param("schemaHash", listing.schemaHash())
        .param("search", listing.search());
  }

  private Cell cell(ResultSet row, int index) throws SQLException {
    long id = row.getLong("id");
    return new Cell(
        id,
        index,
        row.getString("image_name"),
        mark(row),
        links.thumbnailPath(id),
        row.getInt("width"),
        row.getInt("height"),
        row.getLong("size_bytes"));
  }

  private static CaptionMark mark(ResultSet row) throws SQLException {
    if (row.getBoolean("pending")) return CaptionMark.PENDING;
    if (row.getBoolean("missing")) return CaptionMark.MISSING;
    if (row.getBoolean("outdated")) return CaptionMark.OUTDATED;
    return row.getBoolean("manual") ? CaptionMark.MANUAL : CaptionMark.PLAIN;
  }

  private static @Nullable Long id(ResultSet row, String column) throws SQLException {
    return row.getObject(column, Long.class);
  }
}
