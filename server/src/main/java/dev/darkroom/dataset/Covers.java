package dev.darkroom.dataset;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The first pictures of datasets, to know one dataset from the other by at a glance.
@Repository
public class Covers {

  private static final String FIRST =
      """
      SELECT dataset.id AS dataset_id, image.id AS image_id
      FROM dataset CROSS JOIN LATERAL (
        SELECT id, ordinal FROM dataset_image
        WHERE dataset_image.dataset_id = dataset.id AND published ORDER BY ordinal, id LIMIT :count) AS image
      WHERE dataset.id = ANY (:datasetIds)
      ORDER BY dataset.id, image.ordinal, image.id
      """;

  private final JdbcClient jdbc;
  private final ImageLinks links;

  Covers(JdbcClient jdbc, ImageLinks links) {
    this.jdbc = jdbc;
    this.links = links;
  }

  /// Links to the thumbnails of the first `count` images of each dataset, as paths on this server,
  /// by dataset. One without images is not in it.
  public Map<Long, List<String>> of(Collection<Long> datasetIds, int count) {
    record Cover(long datasetId, String link) {}
    return jdbc
        .sql(FIRST)
        .param("datasetIds", datasetIds.toArray(Long[]::new))
        .param("count", count)
        .query((row, _) ->
            new Cover(row.getLong("dataset_id"), links.thumbnailPath(row.getLong("image_id"))))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Cover::datasetId, Collectors.mapping(Cover::link, Collectors.toList())));
  }
}
