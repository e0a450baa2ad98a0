package dev.darkroom.dataset;

import dev.darkroom.api.Caller;
import dev.darkroom.project.Projects;
import dev.darkroom.quota.Quotas;
import java.time.Clock;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// Makes datasets from others. A clone has images of its own that refer to the same stored objects,
/// so that no byte is copied, and none is deleted before the last dataset with it is.
@Repository
class Clones {

  // A run that goes on in the origin is none of the clone's: what it has written so far comes
  // along.
  private static final String CLONE =
      """
      INSERT INTO dataset (organization_id, project_id, name, training_version, visual_schema, caption_prefix,
                           status, captions_update_status, upload_type, created_at, updated_at)
      SELECT organization_id, project_id, :name, training_version, visual_schema, caption_prefix, 'draft',
             CASE WHEN captions_update_status <> 'empty'
                       AND EXISTS (SELECT FROM dataset_image WHERE dataset_id = :originId AND published)
                  THEN 'completed' ELSE 'empty' END,
             upload_type, :now, :now
      FROM dataset WHERE id = :originId
      RETURNING id
      """;

  static final String CLONE_IMAGES =
      """
      INSERT INTO dataset_image (dataset_id, stored_object_id, ordinal, published, image_name, upload_source_url,
                                 caption, caption_source, caption_author, caption_schema_hash, width, height, format,
                                 size_bytes, sha256, crc32, perceptual_hash, had_alpha, exif, created_at, updated_at)
      SELECT :cloneId, stored_object_id, ordinal, true, image_name, upload_source_url,
             caption, caption_source, caption_author, caption_schema_hash, width, height, format,
             size_bytes, sha256, crc32, perceptual_hash, had_alpha, exif, :now, :now
      FROM dataset_image WHERE dataset_id = :originId AND published ORDER BY ordinal, id
      """;

  private static final String STORED =
      "SELECT coalesce(sum(bytes), 0) FROM dataset_storage WHERE dataset_id = :originId";

  private final JdbcClient jdbc;
  private final Quotas quotas;
  private final Projects projects;
  private final Datasets datasets;
  private final Clock clock;

  Clones(JdbcClient jdbc, Quotas quotas, Projects projects, Datasets datasets, Clock clock) {
    this.jdbc = jdbc;
    this.quotas = quotas;
    this.projects = projects;
    this.datasets = datasets;
    this.clock = clock;
  }

  /// Clones a dataset to which no bulk upload runs. The project is locked before its dataset, as by
  /// whoever deletes it; under the dataset's lock no image of it goes, and no upload begins.
  @Transactional
  Dataset make(Caller caller, long originId, NewClone clone) {
    var found = datasets.find(caller, originId);
    caller.requireWrite();
    // Asked first for the lock of the organization, which stands before the dataset's, and once
    // more under both, where an image may have come between.
    requireRoom(caller, originId);
    projects.lock(caller, found.projectId());
    var origin = datasets.lock(caller, originId);
    datasets.requireNoBulkUpload(originId);
    requireRoom(caller, originId);
    var now = OffsetDateTime.now(clock);
    long cloneId =
        jdbc.sql(CLONE)
            .param("originId", originId)
            .param("name", clone.nameFor(origin))
            .param("now", now)
            .query((row, _) -> row.getLong("id"))
            .single();
    jdbc.sql(CLONE_IMAGES)
        .param("originId", originId)
        .param("cloneId", cloneId)
        .param("now", now)
        .update();
    return datasets.find(caller, cloneId);
  }

  private void requireRoom(Caller caller, long originId) {
    long bytes =
        jdbc.sql(STORED).param("originId", originId).query((row, _) -> row.getLong(1)).single();
    quotas.requireRoom(caller.organizationId(), bytes);
  }
}
