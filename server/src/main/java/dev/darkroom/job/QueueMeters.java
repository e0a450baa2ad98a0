package dev.darkroom.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How much work waits for a thread of any node, and for how long the oldest of it does: what tells
/// that more nodes are needed. Asked when it is scraped; no number where the database is out.
@Component
final class QueueMeters implements MeterBinder {

  private static final String DUE =
      "SELECT count(*) FROM scheduled_tasks WHERE NOT picked AND execution_time <= now()";
  private static final String RUNNING = "SELECT count(*) FROM scheduled_tasks WHERE picked";
  private static final String LATE =
      """
      SELECT coalesce(extract(epoch FROM now() - min(execution_time)), 0)
      FROM scheduled_tasks WHERE NOT picked AND execution_time <= now()
      """;
  private static final String WAITING_JOBS =
      "SELECT count(*) FROM job WHERE outage_since IS NOT NULL AND running";

  private final JdbcClient jdbc;

  QueueMeters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "darkroom.queue.due", "Tasks that could run and have no thread yet", DUE);
    gauge(registry, "darkroom.queue.running", "Tasks that run on any node", RUNNING);
    gauge(registry, "darkroom.queue.delay", "Seconds that the first of the due has waited", LATE);
    gauge(registry, "darkroom.jobs.waiting", "Jobs that wait out an outage", WAITING_JOBS);
  }

  // A gauge whose function throws is not a number, and says so in the log itself.
  private void gauge(MeterRegistry registry, String name, String description, String sql) {
    Gauge.builder(name, () -> jdbc.sql(sql).query((row, _) -> row.getDouble(1)).single())
        .description(description)
        .register(registry);
  }
}
