package dev.darkroom.job;

import dev.darkroom.failure.Failure;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The jobs that run (SQL of `job`). Whatever ends a job, or writes what a step of it found, locks
/// its row first, one at a time.
@Component
public final class Jobs {

  private static final String BEGIN =
      """
      INSERT INTO job (dataset_id, running, request_id, traceparent)
      VALUES (:datasetId, true, :requestId, :traceparent)
      RETURNING id
      """;
  private static final String ORIGIN = "SELECT request_id, traceparent FROM job WHERE id = :id";
  private static final String LOCK_RUNNING =
      "SELECT id FROM job WHERE id = :id AND running FOR UPDATE";
  private static final String END =
      """
      UPDATE job SET running = false, outage_since = NULL, outage_type = NULL, outage_message = NULL
      WHERE id = :id
      """;
  private static final String WAITS =
      """
      UPDATE job SET outage_since = coalesce(outage_since, :now), outage_type = :type, outage_message = :message
      WHERE id = :id AND running
      RETURNING outage_since
      """;
  private static final String PROGRESSED =
      """
      UPDATE job SET outage_since = NULL, outage_type = NULL, outage_message = NULL
      WHERE id = :id AND outage_since IS NOT NULL
      """;

  private final JdbcClient jdbc;
  private final JobTraces traces;
  private final Clock clock;

  Jobs(JdbcClient jdbc, JobTraces traces, Clock clock) {
    this.jdbc = jdbc;
    this.traces = traces;
    this.clock = clock;
  }

  /// Adds a job on a dataset, with which it is deleted, and gives its id.
  public long begin(long datasetId) {
    var origin = traces.current();
    return jdbc.sql(BEGIN)
        .param("datasetId", datasetId)
        .param("requestId", origin.requestId())
        .param("traceparent", origin.traceparent())
        .query((row, _) -> row.getLong("id"))
        .single();
  }

  /// What the job comes from; unknown where it is gone.
  JobOrigin origin(long id) {
    return jdbc.sql(ORIGIN)
        .param("id", id)
        .query((row, _) ->
            new JobOrigin(row.getString("request_id"), row.getString(JobOrigin.TRACEPARENT)))
        .optional()
        .orElse(JobOrigin.UNKNOWN);
  }

  /// Whether the job is not over; its row is then locked until the transaction ends.
  public boolean lockRunning(long id) {
    return jdbc.sql(LOCK_RUNNING)
        .param("id", id)
        .query((row, _) -> row.getLong("id"))
        .optional()
        .isPresent();
  }

  /// Notes that the job is over: steps that still run write nothing any more.
  public void end(long id) {
    jdbc.sql(END).param("id", id).update();
  }

  /// Notes that something of the job was done, so that no outage goes on. To be called by steps
  /// that write while they run; the end of a step does it by itself.
  public void progressed(long id) {
    jdbc.sql(PROGRESSED).param("id", id).update();
  }

  /// Notes that the job waits for the end of an outage, with what is out now, and tells since when
  /// it does. None where the job is over or gone.
  Optional<Instant> waitsSince(long id, Failure outage) {
    return jdbc.sql(WAITS)
        .param("id", id)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("type", outage.type())
        .param("message", outage.message())
        .query((row, _) -> row.getObject("outage_since", OffsetDateTime.class).toInstant())
        .optional();
  }
}
