package dev.darkroom.failurereport;

import dev.darkroom.dataset.LinkedFile;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failurereport.FailureReportFailure.ThumbnailNotFound;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.SignedUrls;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/// The images of a dataset's upload that failed, one reason and one page at a time, in archive
/// order. Whoever asks may read the dataset.
@Component
public class FailedImages {

  private static final String SELECTED =
      """
      FROM bulk_upload_entry entry JOIN bulk_upload upload ON upload.id = bulk_upload_id
      WHERE dataset_id = :datasetId AND entry.failure_type = :type AND strpos(lower(name), lower(:search)) > 0
      """;
  private static final String COUNT = "SELECT count(*) AS images " + SELECTED;
  private static final String PAGE =
      """
      SELECT name, ordinal, entry.failure_status, entry.failure_type, entry.failure_message,
        thumbnail_object_id IS NOT NULL AS has_thumbnail
      """
          + SELECTED
          + "ORDER BY ordinal OFFSET :offset LIMIT :limit";
  private static final String THUMBNAIL =
      """
      SELECT name, object_key
      FROM bulk_upload_entry JOIN bulk_upload ON bulk_upload.id = bulk_upload_id
      JOIN stored_object ON stored_object.id = thumbnail_object_id
      WHERE dataset_id = :datasetId AND ordinal = :ordinal
      """;

  private final JdbcClient jdbc;
  private final SignedUrls signedUrls;

  FailedImages(JdbcClient jdbc, SignedUrls signedUrls) {
    this.jdbc = jdbc;
    this.signedUrls = signedUrls;
  }

  /// How many images a selection has on all of its pages.
  public int count(long datasetId, FailureSelection selection) {
    return select(COUNT, datasetId, selection).query((row, _) -> row.getInt("images")).single();
  }

  public List<ReportedImage> page(long datasetId, FailureSelection selection) {
    return select(PAGE, datasetId, selection)
        .param("offset", selection.offset())
        .param("limit", selection.limit())
        .query((row, _) -> image(datasetId, row))
        .list();
  }

  private StatementSpec select(String sql, long datasetId, FailureSelection selection) {
    return jdbc.sql(sql)
        .param("datasetId", datasetId)
        .param("type", selection.type())
        .param("search", selection.search());
  }

  private ReportedImage image(long datasetId, ResultSet row) throws SQLException {
    int ordinal = row.getInt("ordinal");
    return new ReportedImage(
        row.getString("name"),
        ordinal,
        row.getInt("failure_status"),
        row.getString("failure_type"),
        row.getString("failure_message"),
        row.getBoolean("has_thumbnail")
            ? signedUrls.sign(ThumbnailController.path(datasetId, ordinal))
            : null);
  }

  /// Gets what serves a thumbnail to whoever holds a link to it.
  LinkedFile getThumbnail(long datasetId, int ordinal) {
    var gone = new ThumbnailNotFound(datasetId, ordinal);
    return jdbc.sql(THUMBNAIL)
        .param("datasetId", datasetId)
        .param("ordinal", ordinal)
        .query((row, _) ->
            LinkedFile.thumbnail(
                new ObjectKey(row.getString("object_key")),
                row.getString("name"),
                "\"failed-%d-%d-thumbnail\"".formatted(datasetId, ordinal),
                gone))
        .optional()
        .orElseThrow(() -> new FailureException(gone));
  }
}
