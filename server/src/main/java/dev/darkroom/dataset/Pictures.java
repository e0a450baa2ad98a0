package dev.darkroom.dataset;

import dev.darkroom.caption.Picture;
import dev.darkroom.failure.FailureException;
import dev.darkroom.storage.ObjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The visible images as a captioner sees them: an upload publishes before it captions. Whoever
/// asks holds the ids by right.
@Component
public class Pictures {

  private static final String FIND =
      """
      SELECT dataset_image.id, object_key, width, height, size_bytes, exif
      FROM dataset_image JOIN stored_object ON stored_object.id = stored_object_id
      WHERE published AND dataset_image.id IN (:ids)
      """;

  private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Renditions renditions;

  Pictures(JdbcClient jdbc, JsonMapper json, Renditions renditions) {
    this.jdbc = jdbc;
    this.json = json;
    this.renditions = renditions;
  }

  /// Gets the picture of an image.
  ///
  /// @throws FailureException where the dataset no longer has the image
  public Picture get(long imageId) {
    var found = find(List.of(imageId)).get(imageId);
    if (found == null) {
      throw new FailureException(new DatasetFailure.ImageNotFound(imageId));
    }
    return found;
  }

  /// The pictures by the ids of their images, in the order of `imageIds`; those whose image is gone
  /// are left out.
  public Map<Long, Picture> find(Collection<Long> imageIds) {
    if (imageIds.isEmpty()) {
      return Map.of();
    }
    var found =
        jdbc.sql(FIND).param("ids", imageIds).query(this::map).list().stream()
            .collect(Collectors.toMap(StoredPicture::imageId, p -> p));
    var ordered = new LinkedHashMap<Long, Picture>();
    for (long id : imageIds) {
      var picture = found.get(id);
      if (picture != null) ordered.put(id, picture);
    }
    return ordered;
  }

  private StoredPicture map(ResultSet row, int index) throws SQLException {
    return new StoredPicture(
        row.getLong("id"),
        new StoredPicture.Original(
            new ObjectKey(row.getString("object_key")), row.getLong("size_bytes")),
        row.getInt("width"),
        row.getInt("height"),
        json.readValue(row.getString("exif"), FACTS),
        renditions);
  }
}
