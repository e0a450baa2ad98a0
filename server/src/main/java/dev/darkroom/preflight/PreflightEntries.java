package dev.darkroom.preflight;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.RecordedFailure;
import dev.darkroom.planning.Plan;
import dev.darkroom.planning.Plan.IgnoredEntry;
import dev.darkroom.planning.Plan.ImageToRead;
import dev.darkroom.planning.PlannedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The chunks that are to be looked at (SQL of `preflight_chunk`), and the entries that an upload
/// would refuse or ignore (SQL of `preflight_entry`).
@Component
final class PreflightEntries {

  private static final String ADD_CHUNK =
      """
      INSERT INTO preflight_chunk (preflight_id, number, images) VALUES (:id, :number, :images::jsonb)
      """;
  private static final String CHUNK =
      "SELECT images FROM preflight_chunk WHERE preflight_id = :id AND number = :number";
  private static final String REMOVE_CHUNK =
      "DELETE FROM preflight_chunk WHERE preflight_id = :id AND number = :number";
  private static final String REMOVE_CHUNKS =
      "DELETE FROM preflight_chunk WHERE preflight_id = :id";
  private static final String ADD_ENTRY =
      """
      INSERT INTO preflight_entry (preflight_id, ordinal, name, ignored_reason,
        failure_status, failure_type, failure_message, failure_limit, failure_actual)
      VALUES (:id, :ordinal, :name, :ignoredReason,
        :failureStatus, :failureType, :failureMessage, :failureLimit, :failureActual)
      """;

  private final JdbcClient jdbc;
  private final NamedParameterJdbcTemplate batches;
  private final JsonMapper json;

  PreflightEntries(JdbcClient jdbc, NamedParameterJdbcTemplate batches, JsonMapper json) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.json = json;
  }

  /// Adds the chunks of the images that the plan would have read.
  void addChunks(long id, Plan plan) {
    Map<Integer, List<PlannedImage>> chunks =
        plan.toRead().stream()
            .collect(
                Collectors.groupingBy(
                    ImageToRead::chunk,
                    TreeMap::new,
                    Collectors.mapping(PlannedImage::of, Collectors.toList())));
    chunks.forEach((number, images) ->
        onChunk(ADD_CHUNK, id, number).param("images", json.writeValueAsString(images)).update());
  }

  List<PlannedImage> chunk(long id, int number) {
    return onChunk(CHUNK, id, number)
        .query((row, _) -> List.of(json.readValue(row.getString("images"), PlannedImage[].class)))
        .single();
  }

  void removeChunk(long id, int number) {
    onChunk(REMOVE_CHUNK, id, number).update();
  }

  void removeChunks(long id) {
    jdbc.sql(REMOVE_CHUNKS).param("id", id).update();
  }

  private JdbcClient.StatementSpec onChunk(String sql, long id, int number) {
    return jdbc.sql(sql).param("id", id).param("number", number);
  }

  void addIgnored(long id, List<IgnoredEntry> entries) {
    add(
        entries.stream()
            .map(ignored -> {
              var row = row(id, ignored.entry());
              row.putAll(RecordedFailure.noParameters());
              row.put("ignoredReason", ignored.reason());
              return row;
            })
            .toList());
  }

  void addFailed(long id, Map<ArchiveEntry, Failure> failures) {
    add(
        failures.entrySet().stream()
            .map(failed -> {
              var row = row(id, failed.getKey());
              row.putAll(RecordedFailure.parameters(failed.getValue()));
              row.put("ignoredReason", null);
              return row;
            })
            .toList());
  }

  private static Map<String, @Nullable Object> row(long id, ArchiveEntry entry) {
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("id", id);
    row.put("ordinal", entry.ordinal());
    row.put("name", entry.name());
    return row;
  }

  @SuppressWarnings(
      "unchecked") // The API takes an array of maps, and arrays know no type arguments.
  private void add(List<Map<String, @Nullable Object>> rows) {
    batches.batchUpdate(ADD_ENTRY, rows.toArray(Map[]::new));
  }
}
