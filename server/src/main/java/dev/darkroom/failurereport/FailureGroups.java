package dev.darkroom.failurereport;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What a dataset's upload could not take, by reason. Whoever asks may read the dataset.
@Component
public class FailureGroups {

  private static final String OF_DATASET =
      """
      SELECT entry.failure_type, entry.failure_status, count(*) AS images
      FROM bulk_upload_entry entry JOIN bulk_upload upload ON upload.id = bulk_upload_id
      WHERE dataset_id = :datasetId AND entry.failure_type IS NOT NULL
      GROUP BY entry.failure_type, entry.failure_status ORDER BY images DESC, entry.failure_type
      """;

  private final JdbcClient jdbc;

  FailureGroups(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The largest first. None where nothing failed, or nothing was ever uploaded.
  public List<FailureGroup> of(long datasetId) {
    return jdbc.sql(OF_DATASET).param("datasetId", datasetId).query((row, _) -> group(row)).list();
  }

  private static FailureGroup group(ResultSet row) throws SQLException {
    var type = row.getString("failure_type");
    var advice = Advice.on(type);
    return new FailureGroup(
        type, row.getInt("failure_status"), row.getInt("images"), advice.isEmpty() ? null : advice);
  }
}
