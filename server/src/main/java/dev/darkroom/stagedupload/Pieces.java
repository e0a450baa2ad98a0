package dev.darkroom.stagedupload;

import dev.darkroom.failure.FailureException;
import dev.darkroom.stagedupload.StagedUploadFailure.Plain;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.StoredObjects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// How the bytes of a staged upload become more (SQL of `staged_piece`, and of `staged_upload` as
/// far as bytes come). Each request that brings some takes a number of its own first; the row
/// admits a piece only from the last one and only at its end. So two that send at the same time, on
/// whatever nodes, never mix, and none adds a byte twice.
@Component
class Pieces {

  /// Counted from the last byte: an upload that gets on is not abandoned, and one of 5 GB over a
  /// slow line takes longer than a day.
  static final Duration KEPT = Duration.ofHours(24);

  private static final String TAKE_OVER =
      """
      UPDATE staged_upload SET writer = writer + 1
      WHERE id = :id AND received = :offset AND state = 'open' AND expires_at > :now
      RETURNING writer
      """;
  private static final String EXTEND =
      """
      UPDATE staged_upload
      SET received = received + :length, pieces = pieces + 1, expires_at = :expiresAt
      WHERE id = :id AND writer = :writer AND received = :start AND state = 'open' AND expires_at > :now
      """;
  private static final String ADD =
      """
      INSERT INTO staged_piece (staged_upload_id, start, length, stored_object_id)
      VALUES (:id, :start, :length, :objectId)
      """;
  private static final String FIND =
      "SELECT " + StagedUploads.COLUMNS + "FROM staged_upload WHERE id = :id";
  private static final String LIST =
      """
      SELECT start, length, object_key
      FROM staged_piece JOIN stored_object ON stored_object.id = stored_object_id
      WHERE staged_upload_id = :id ORDER BY start
      """;

  private final JdbcClient jdbc;
  private final StoredObjects objects;
  private final Clock clock;

  Pieces(JdbcClient jdbc, StoredObjects objects, Clock clock) {
    this.jdbc = jdbc;
    this.objects = objects;
    this.clock = clock;
  }

  /// A writer's turn at an upload.
  ///
  /// @param number no other has it
  record Writer(long uploadId, long number) {}

  /// Makes the caller the writer, where the upload stands at `offset`; whoever was it before adds
  /// nothing more.
  Optional<Writer> takeOver(long uploadId, long offset) {
    return jdbc.sql(TAKE_OVER)
        .param("id", uploadId)
        .param("offset", offset)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query((row, _) -> new Writer(uploadId, row.getLong("writer")))
        .optional();
  }

  /// Adds what was announced and put, and gives the time until which the upload is kept now. None
  /// where another writes by now, or the upload is gone.
  @Transactional
  public Optional<Instant> add(Writer writer, Piece piece, long objectId) {
    var now = clock.instant();
    var expiresAt = now.plus(KEPT);
    int extended =
        jdbc.sql(EXTEND)
            .param("id", writer.uploadId())
            .param("writer", writer.number())
            .param("start", piece.start())
            .param("length", piece.length())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
            .update();
    if (extended == 0) return Optional.empty();
    if (!objects.claim(objectId)) throw new FailureException(Plain.TOOK_TOO_LONG);
    jdbc.sql(ADD)
        .param("id", writer.uploadId())
        .param("start", piece.start())
        .param("length", piece.length())
        .param("objectId", objectId)
        .update();
    return Optional.of(expiresAt);
  }

  /// The upload as it stands now, whosever it is.
  Optional<StagedUpload> find(long uploadId) {
    return jdbc.sql(FIND).param("id", uploadId).query(StagedUploads::map).optional();
  }

  /// Those of an upload, from its first byte on.
  List<Piece> list(long uploadId) {
    return jdbc.sql(LIST)
        .param("id", uploadId)
        .query((row, _) ->
            new Piece(
                row.getLong("start"),
                row.getLong("length"),
                new ObjectKey(row.getString("object_key"))))
        .list();
  }
}
