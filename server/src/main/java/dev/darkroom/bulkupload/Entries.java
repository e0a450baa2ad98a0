package dev.darkroom.bulkupload;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.RecordedFailure;
import dev.darkroom.planning.Plan;
import dev.darkroom.planning.Plan.FailedImage;
import dev.darkroom.planning.Plan.IgnoredEntry;
import dev.darkroom.planning.Plan.ImageToRead;
import dev.darkroom.planning.Plan.PlannedEntry;
import dev.darkroom.planning.PlannedImage;
import dev.darkroom.sidecar.ProvidedCaption;
import dev.darkroom.sidecar.ProvidedCaption.InFile;
import dev.darkroom.sidecar.ProvidedCaption.InMetadata;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The entries of an upload's archive and what became of each (SQL of `bulk_upload_entry`).
@Component
final class Entries {

  private static final String ADD =
      """
      INSERT INTO bulk_upload_entry (bulk_upload_id, ordinal, name, state, chunk, caption_ordinal, caption, directory_record,
        ignored_reason, failure_status, failure_type, failure_message, failure_limit, failure_actual)
      VALUES (:uploadId, :ordinal, :name, :state, :chunk, :captionOrdinal, :caption, :directoryRecord::jsonb,
        :ignoredReason, :failureStatus, :failureType, :failureMessage, :failureLimit, :failureActual)
      """;
  private static final String TO_READ =
      """
      SELECT image.directory_record AS image, text.directory_record AS caption_file, image.caption
      FROM bulk_upload_entry image
      LEFT JOIN bulk_upload_entry text
        ON text.bulk_upload_id = image.bulk_upload_id AND text.ordinal = image.caption_ordinal
      WHERE image.bulk_upload_id = :uploadId AND image.chunk = :chunk AND image.state = 'planned'
      ORDER BY image.ordinal
      """;
  private static final String COUNT_READ =
      """
      SELECT count(*) FILTER (WHERE state <> 'planned') AS read, count(*) AS total
      FROM bulk_upload_entry WHERE bulk_upload_id = :uploadId AND chunk IS NOT NULL
      """;
  private static final String INGESTED =
      """
      UPDATE bulk_upload_entry SET state = 'ingested'
      WHERE bulk_upload_id = :uploadId AND ordinal = :ordinal AND state = 'planned'
      """;
  private static final String TO_MODERATE =
      """
      SELECT ordinal FROM bulk_upload_entry
      WHERE bulk_upload_id = :uploadId AND chunk = :chunk AND state = 'ingested' ORDER BY ordinal
      """;
  private static final String DONE =
      """
      UPDATE bulk_upload_entry SET state = 'done'
      WHERE bulk_upload_id = :uploadId AND ordinal = :ordinal AND state IN ('planned', 'ingested')
      """;
  private static final String FAILED =
      """
      UPDATE bulk_upload_entry SET state = 'failed', failure_status = :failureStatus, failure_type = :failureType,
        failure_message = :failureMessage, failure_limit = :failureLimit, failure_actual = :failureActual,
        thumbnail_object_id = :thumbnailObjectId
      WHERE bulk_upload_id = :uploadId AND ordinal = :ordinal AND state IN ('planned', 'ingested')
      """;
  private static final String FORGET_THUMBNAILS =
      """
      UPDATE bulk_upload_entry SET thumbnail_object_id = NULL
      WHERE bulk_upload_id = :uploadId AND failure_type IS NOT NULL AND thumbnail_object_id IS NOT NULL
      """;

  /// So that the rows of a large archive are not on the heap all at once.
  private static final int BATCH = 500;

  private final JdbcClient jdbc;
  private final NamedParameterJdbcTemplate batches;
  private final JsonMapper json;
  private final UploadMeters meters;

  Entries(
      JdbcClient jdbc, NamedParameterJdbcTemplate batches, JsonMapper json, UploadMeters meters) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.json = json;
    this.meters = meters;
  }

  void add(long uploadId, Plan plan) {
    Set<Integer> captions = new HashSet<>();
    for (PlannedEntry planned : plan.entries()) {
      if (planned instanceof ImageToRead(_, _, InFile(var file))) {
        captions.add(file.ordinal());
      }
    }
    plan.entries().stream()
        .gather(Gatherers.windowFixed(BATCH))
        .forEach(part ->
            batch(
                ADD,
                part.stream()
                    .map(each -> row(uploadId, each, captions.contains(each.entry().ordinal())))
                    .toList()));
  }

  /// The images of a chunk that are still to be read, in archive order.
  List<PlannedImage> toRead(long uploadId, int chunk) {
    return jdbc.sql(TO_READ)
        .param("uploadId", uploadId)
        .param("chunk", chunk)
        .query((row, _) ->
            new PlannedImage(
                json.readValue(row.getString("image"), ArchiveEntry.class),
                entry(row.getString("caption_file")),
                row.getString("caption")))
        .list();
  }

  /// How many of an upload's images are read.
  record ReadSoFar(int images, int total) {}

  ReadSoFar countRead(long uploadId) {
    return jdbc.sql(COUNT_READ)
        .param("uploadId", uploadId)
        .query((row, _) -> new ReadSoFar(row.getInt("read"), row.getInt("total")))
        .single();
  }

  void done(long uploadId, List<Integer> ordinals) {
    move(DONE, uploadId, ordinals);
    meters.done(ordinals.size());
  }

  /// Notes images that are stored and wait for their verdict.
  void ingested(long uploadId, List<Integer> ordinals) {
    move(INGESTED, uploadId, ordinals);
  }

  private void move(String sql, long uploadId, List<Integer> ordinals) {
    batch(
        sql,
        ordinals.stream()
            .map(ordinal ->
                Map.<String, @Nullable Object>of("uploadId", uploadId, "ordinal", ordinal))
            .toList());
  }

  /// The images of a chunk that wait for their verdict, by ordinal.
  List<Integer> toModerate(long uploadId, int chunk) {
    return jdbc.sql(TO_MODERATE)
        .param("uploadId", uploadId)
        .param("chunk", chunk)
        .query((row, _) -> row.getInt("ordinal"))
        .list();
  }

  /// Settles an image by its verdict; false where that has happened before.
  boolean judged(long uploadId, int ordinal, @Nullable Failure failure) {
    var statement =
        failure == null ? jdbc.sql(DONE) : jdbc.sql(FAILED).params(parameters(failure, null));
    boolean settled = statement.param("uploadId", uploadId).param("ordinal", ordinal).update() == 1;
    if (settled) meters.settled(failure);
    return settled;
  }

  /// An image that fails.
  ///
  /// @param thumbnailObjectId the object whose thumbnail shows it; null where nothing does
  record FailedEntry(int ordinal, Failure failure, @Nullable Long thumbnailObjectId) {}

  void failed(long uploadId, List<FailedEntry> failed) {
    failed.forEach(entry -> meters.failed(entry.failure()));
    batch(
        FAILED,
        failed.stream()
            .map(entry -> {
              var row = parameters(entry.failure(), entry.thumbnailObjectId());
              row.put("uploadId", uploadId);
              row.put("ordinal", entry.ordinal());
              return row;
            })
            .toList());
  }

  private static Map<String, @Nullable Object> parameters(
      Failure failure, @Nullable Long thumbnailObjectId) {
    var parameters = RecordedFailure.parameters(failure);
    parameters.put("thumbnailObjectId", thumbnailObjectId);
    return parameters;
  }

  /// Leaves nothing to be shown of the images that failed; why they did stays.
  void forgetThumbnails(long uploadId) {
    jdbc.sql(FORGET_THUMBNAILS).param("uploadId", uploadId).update();
  }

  private Map<String, @Nullable Object> row(long uploadId, PlannedEntry planned, boolean toRead) {
    Map<String, @Nullable Object> row = new HashMap<>();
    for (String column :
        List.of("chunk", "captionOrdinal", "caption", "directoryRecord", "ignoredReason")) {
      row.put(column, null);
    }
    row.putAll(RecordedFailure.noParameters());
    row.put("uploadId", uploadId);
    row.put("ordinal", planned.entry().ordinal());
    row.put("name", planned.entry().name());
    switch (planned) {
      case ImageToRead(var entry, int chunk, var caption) -> {
        row.put("state", "planned");
        row.put("chunk", chunk);
        row.putAll(caption(caption));
        row.put("directoryRecord", json.writeValueAsString(entry));
      }
      case FailedImage(_, Failure failure) -> {
        meters.failed(failure);
        row.put("state", "failed");
        row.putAll(RecordedFailure.parameters(failure));
      }
      case IgnoredEntry(var entry, String reason) -> {
        row.put("state", "ignored");
        row.put("ignoredReason", reason);
        if (toRead) row.put("directoryRecord", json.writeValueAsString(entry));
      }
    }
    return row;
  }

  private static Map<String, ?> caption(ProvidedCaption.Usable caption) {
    return switch (caption) {
      case ProvidedCaption.None _ -> Map.of();
      case InFile(var file) -> Map.of("captionOrdinal", file.ordinal());
      case InMetadata(String text) -> Map.of("caption", text);
    };
  }

  private @Nullable ArchiveEntry entry(@Nullable String directoryRecord) {
    return directoryRecord == null ? null : json.readValue(directoryRecord, ArchiveEntry.class);
  }

  @SuppressWarnings(
      "unchecked") // The API takes an array of maps, and arrays know no type arguments.
  private void batch(String sql, List<Map<String, @Nullable Object>> rows) {
    batches.batchUpdate(sql, rows.toArray(Map[]::new));
  }
}
