package dev.darkroom.captioning;

import dev.darkroom.dataset.CaptionsUpdateStatus;
import dev.darkroom.dataset.Dataset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Tells how far the captions of a dataset are while they are written.
@Repository
public class CaptionProgress {

  private static final String FIND =
      """
      SELECT sum(total) AS total, sum(done) AS done, sum(failed) AS failed, sum(skipped) AS skipped
      FROM caption_run WHERE dataset_id = :datasetId AND state = 'running' HAVING count(*) > 0
      """;

  private final JdbcClient jdbc;

  CaptionProgress(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// All runs of the dataset that go on, in one; none where no captions are being written.
  public Optional<Run> find(Dataset dataset) {
    if (dataset.captionsUpdateStatus() != CaptionsUpdateStatus.IN_PROGRESS) return Optional.empty();
    return jdbc.sql(FIND)
        .param("datasetId", dataset.id())
        .query((row, _) ->
            new Run(
                row.getInt("total"),
                row.getInt("done"),
                row.getInt("failed"),
                row.getInt("skipped")))
        .optional();
  }

  /// How many images there are to caption, and what became of each so far.
  ///
  /// @param skipped the image was deleted meanwhile
  public record Run(int total, int done, int failed, int skipped) {

    public int settled() {
      return done + failed + skipped;
    }
  }
}
