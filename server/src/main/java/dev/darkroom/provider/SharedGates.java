package dev.darkroom.provider;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The gates that all nodes share (SQL of `provider_gate`).
final class SharedGates implements ProviderGates {

  private static final String READ =
      "SELECT version, failures, open_at, probe_until, busy, reason FROM provider_gate WHERE provider = :provider";
  private static final String CLOSE =
      """
      INSERT INTO provider_gate AS gate (provider, version, failures, open_at, busy, reason)
      VALUES (:provider, :version + 1, :failures, :openAt, :busy, :reason)
      ON CONFLICT (provider) DO UPDATE
      SET version = gate.version + 1, failures = :failures, open_at = :openAt, probe_until = NULL, busy = :busy,
        reason = :reason
      WHERE gate.version = :version
      """;
  private static final String STAY_CLOSED =
      """
      UPDATE provider_gate SET open_at = :openAt
      WHERE provider = :provider AND version = :version + 1 AND failures > 0 AND open_at < :openAt
      """;
  private static final String PROBE =
      """
      UPDATE provider_gate SET probe_until = :until
      WHERE provider = :provider AND version = :version AND open_at <= :now
        AND (probe_until IS NULL OR probe_until <= :now)
      """;
  private static final String OPEN =
      """
      UPDATE provider_gate SET version = version + 1, failures = 0, probe_until = NULL, reason = NULL
      WHERE provider = :provider AND version = :version
      """;

  private final JdbcClient jdbc;

  SharedGates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<State> find(String provider) {
    return jdbc.sql(READ).param("provider", provider).query((row, _) -> state(row)).optional();
  }

  private static State state(ResultSet row) throws SQLException {
    Timestamp probeUntil = row.getTimestamp("probe_until");
    return new State(
        row.getLong("version"),
        row.getInt("failures"),
        row.getTimestamp("open_at").toInstant(),
        probeUntil == null ? null : probeUntil.toInstant(),
        row.getBoolean("busy"),
        row.getString("reason"));
  }

  @Override
  public boolean close(String provider, Pass pass, Fault fault, Instant openAt) {
    return change(CLOSE, provider, pass.version())
            .param("failures", pass.failures() + 1)
            .param("openAt", utc(openAt))
            .param("busy", fault.busy())
            .param("reason", fault.reason())
            .update()
        == 1;
  }

  @Override
  public void stayClosed(String provider, Pass pass, Instant openAt) {
    change(STAY_CLOSED, provider, pass.version()).param("openAt", utc(openAt)).update();
  }

  @Override
  public boolean takeProbe(String provider, long version, Instant now, Instant until) {
    return change(PROBE, provider, version)
            .param("now", utc(now))
            .param("until", utc(until))
            .update()
        == 1;
  }

  @Override
  public boolean open(String provider, Pass pass) {
    return change(OPEN, provider, pass.version()).update() == 1;
  }

  private JdbcClient.StatementSpec change(String sql, String provider, long version) {
    return jdbc.sql(sql).param("provider", provider).param("version", version);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
