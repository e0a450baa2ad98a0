package dev.darkroom.bulkupload;

import dev.darkroom.api.WireName;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Tells of many datasets at once how their uploads are.
@Repository
public class UploadHeadlines {

  private static final String FIND =
      """
      SELECT dataset_id, state, phase, done, failed, total
      FROM bulk_upload WHERE dataset_id = ANY (:datasetIds)
      """;

  private final JdbcClient jdbc;

  UploadHeadlines(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// By dataset; one that never had an upload is not in it.
  public Map<Long, UploadHeadline> of(Collection<Long> datasetIds) {
    return jdbc
        .sql(FIND)
        .param("datasetIds", datasetIds.toArray(Long[]::new))
        .query((row, _) ->
            new UploadHeadline(
                row.getLong("dataset_id"),
                WireName.get(BulkUploadState.class, row.getString("state")),
                WireName.get(Phase.class, row.getString("phase")),
                row.getInt("done"),
                row.getInt("failed"),
                row.getInt("total")))
        .list()
        .stream()
        .collect(Collectors.toMap(UploadHeadline::datasetId, Function.identity()));
  }
}
