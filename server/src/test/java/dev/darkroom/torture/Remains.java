package dev.darkroom.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiClient;
import dev.darkroom.bulkupload.UploadClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// All that an upload leaves behind, as a client sees it and as the database has it, without what
/// differs from one upload to the next: ids, links, times. One fact a line.
record Remains(List<String> facts) {

  private static final int MOST_SHOWN = 20;

  private static final Set<String> OF_ONE_UPLOAD =
      Set.of(
          "id",
          "dataset_id",
          "image_url",
          "thumbnail_url",
          "created_at",
          "updated_at",
          "started_at",
          "finished_at",
          "eta_seconds",
          "request_id");
  private static final String ENTRIES =
      """
      SELECT concat_ws(' ', 'entry', entry.ordinal, entry.state, 'copy of',
        -- Of refused images with the same bytes, the one that was judged first.
        CASE entry.state WHEN 'ignored' THEN entry.copy_of END, image.perceptual_hash,
        image.had_alpha, image.exif, image.caption_schema_hash, replace(object_key, '/' || upload.id || '/', '/'),
        object.state, CASE WHEN entry.thumbnail_object_id IS NOT NULL THEN 'with a thumbnail' END)
      FROM bulk_upload upload
      JOIN bulk_upload_entry entry ON entry.bulk_upload_id = upload.id
      LEFT JOIN dataset_image image
        ON image.bulk_upload_id = upload.id AND image.ordinal = entry.ordinal AND image.published
      LEFT JOIN stored_object object ON object.id = image.stored_object_id
      WHERE upload.dataset_id = :dataset ORDER BY entry.ordinal
      """;
  private static final String UNPUBLISHED =
      "SELECT 'unpublished ' || ordinal FROM dataset_image WHERE dataset_id = :dataset AND NOT published";

  static Remains of(ApiClient api, JdbcClient jdbc, long dataset) {
    List<String> facts = new ArrayList<>();
    var client = new UploadClient(api);
    var status = (ObjectNode) client.status(dataset);
    for (String list : List.of("failed_images", "ignored_entries")) {
      for (JsonNode each : status.remove(list)) facts.add(list + " " + each);
    }
    facts.add("status " + trimmed(status));
    for (JsonNode image : client.images(dataset)) facts.add("image " + trimmed(image));
    for (String sql : List.of(ENTRIES, UNPUBLISHED)) {
      facts.addAll(
          jdbc.sql(sql).param("dataset", dataset).query((row, _) -> row.getString(1)).list());
    }
    return new Remains(facts);
  }

  private static JsonNode trimmed(JsonNode node) {
    return ((ObjectNode) node).remove(OF_ONE_UPLOAD);
  }

  /// Fails with what is missing and what is there too much.
  void assertSameAs(Remains undisturbed) {
    assertThat(without(facts, undisturbed.facts()))
        .as(
            "what no undisturbed upload leaves, in place of %s",
            without(undisturbed.facts(), facts))
        .isEmpty();
    assertThat(without(undisturbed.facts(), facts)).as("what is missing").isEmpty();
  }

  /// The first that are not among the others.
  private static List<String> without(List<String> facts, List<String> others) {
    List<String> left = new ArrayList<>(facts);
    others.forEach(left::remove);
    return left.subList(0, Math.min(MOST_SHOWN, left.size()));
  }
}
