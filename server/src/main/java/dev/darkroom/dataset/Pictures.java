package dev.darkroom.dataset;

import dev.darkroom.caption.Picture;
import dev.darkroom.failure.FailureException;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The stored images as a captioner sees them.
@Component
public class Pictures {

  private static final String FIND =
      """
      SELECT dataset_image.id, object_key, width, height, size_bytes, exif
      FROM dataset_image JOIN stored_object ON stored_object.id = stored_object_id
      WHERE dataset_image.id IN (:ids)
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final ObjectStore store;

  Pictures(JdbcClient jdbc, JsonMapper json, ObjectStore store) {
    this.jdbc = jdbc;
    this.json = json;
    this.store = store;
  }

  public Picture get(long imageId) {
    var found = find(List.of(imageId)).get(imageId);
    if (found == null) {
      throw new FailureException(new DatasetFailure.ImageNotFound(imageId));
    }
    return found;
  }

  public Map<Long, Picture> find(Collection<Long> imageIds) {
    var found = new LinkedHashMap<Long, Picture>();
    jdbc.sql(FIND)
        .param("ids", imageIds)
        .query(row -> {
          found.put(
              row.getLong("id"),
              new Stored(
                  row.getInt("width"),
                  row.getInt("height"),
                  json.readValue(row.getString("exif"), new TypeReference<>() {}),
                  new ObjectKey(row.getString("object_key")),
                  store));
        });
    return found;
  }

  private record Stored(
      int width, int height, Map<String, Object> exif, ObjectKey key, ObjectStore store)
      implements Picture {
    @Override
    public byte[] jpeg(int longSide) throws IOException {
      try (var bytes = store.get(key.thumbnail(), 0, Long.MAX_VALUE)) {
        return bytes.readAllBytes();
      }
    }
  }
}
