package dev.darkroom.job;

import dev.darkroom.health.ProbedHealth;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How many jobs wait for the end of an outage, and what the one waits for that does so for
/// longest. That is no illness of its own: the part that is out says so itself.
record WaitingJobs(JdbcClient jdbc) implements ProbedHealth.Probe {

  private static final String LONGEST =
      """
      SELECT count(*) OVER () AS waiting, id, outage_since, outage_type, outage_message
      FROM job WHERE outage_since IS NOT NULL AND running
      ORDER BY outage_since LIMIT 1
      """;

  @Override
  public Health ask() {
    Optional<Health> longest =
        jdbc.sql(LONGEST)
            .query((row, _) ->
                Health.up()
                    .withDetail("waiting", row.getInt("waiting"))
                    .withDetail("longest", row.getLong("id"))
                    .withDetail("since", since(row.getObject("outage_since", OffsetDateTime.class)))
                    .withDetail("type", String.valueOf(row.getString("outage_type")))
                    .withDetail("reason", String.valueOf(row.getString("outage_message")))
                    .build())
            .optional();
    return longest.orElseGet(() -> Health.up().withDetail("waiting", 0).build());
  }

  /// As every time on the wire.
  private static String since(OffsetDateTime time) {
    return time.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
