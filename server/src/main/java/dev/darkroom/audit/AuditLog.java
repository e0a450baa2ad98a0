package dev.darkroom.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The entries in the database. They are added, and deleted when they are old; the database refuses
/// to change one.
@Repository
class AuditLog {

  private static final String ADD =
      """
      INSERT INTO audit_entry (at, request_id, organization_id, organization, token_id, token, method, route, things, status)
      VALUES (:at, :requestId, :organizationId, (SELECT name FROM organization WHERE id = :organizationId),
              :tokenId, (SELECT name FROM api_token WHERE id = :tokenId), :method, :route, CAST(:things AS jsonb), :status)
      """;

  // An open end stands for a bound that is not given, so that each query is a range of an index.
  private static final String PAGE =
      """
      SELECT * FROM audit_entry
      WHERE at >= coalesce(:from, '-infinity'::timestamptz) AND at < coalesce(:to, 'infinity'::timestamptz)
        AND (at, id) < (coalesce(:cursorAt, 'infinity'::timestamptz), :cursorId)
      """;

  private static final String NEWEST_FIRST = "ORDER BY at DESC, id DESC LIMIT :count";

  private static final String LIST = PAGE + NEWEST_FIRST;

  private static final String LIST_OF_ORGANIZATION =
      PAGE + "AND organization = :organization " + NEWEST_FIRST;

  private static final String DELETE =
      """
      DELETE FROM audit_entry
      WHERE id IN (SELECT id FROM audit_entry WHERE at < :before ORDER BY at, id LIMIT :count)
      """;

  private static final int BATCH = 10_000;

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;

  AuditLog(JdbcClient jdbc, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  void add(NewEntry entry) {
    jdbc.sql(ADD)
        .param("at", offset(clock.instant()))
        .param("requestId", entry.requestId())
        .param("organizationId", entry.organizationId())
        .param("tokenId", entry.tokenId())
        .param("method", entry.method())
        .param("route", entry.route())
        .param("things", json.writeValueAsString(entry.things()))
        .param("status", entry.status())
        .update();
  }

  /// The newest entries that the query asks for, newest first.
  List<AuditEntry> page(AuditQuery query, int count) {
    var cursor = query.cursor();
    return jdbc.sql(query.organization() == null ? LIST : LIST_OF_ORGANIZATION)
        .param("organization", query.organization())
        .param("from", offset(query.from()))
        .param("to", offset(query.to()))
        .param("cursorAt", cursor == null ? null : offset(cursor.at()))
        .param("cursorId", cursor == null ? Long.MAX_VALUE : cursor.id())
        .param("count", count)
        .query(this::map)
        .list();
  }

  /// Deletes what is older, so many entries at a time.
  void deleteBefore(Instant time) {
    int deleted;
    do {
      deleted = jdbc.sql(DELETE).param("before", offset(time)).param("count", BATCH).update();
    } while (deleted == BATCH);
  }

  private AuditEntry map(ResultSet row, int index) throws SQLException {
    return new AuditEntry(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("request_id"),
        row.getLong("organization_id"),
        row.getString("organization"),
        row.getLong("token_id"),
        row.getString("token"),
        row.getString("method"),
        row.getString("route"),
        json.readValue(row.getString("things"), new TypeReference<Map<String, String>>() {}),
        row.getInt("status"));
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
