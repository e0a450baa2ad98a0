package dev.darkroom.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// The health of a part that has to be asked. An answer counts for some seconds, so that polling
/// costs nothing; a part that gives none in time is down, and is not asked again before it has
/// answered. Safe for use by many threads at once.
public final class ProbedHealth implements HealthIndicator {

  /// Below the few seconds that most who poll wait for an answer.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration FRESH = Duration.ofSeconds(5);

  /// Asks a part how it is; what it throws is why the part is down.
  @FunctionalInterface
  public interface Probe {
    Health ask() throws Exception;
  }

  private record Answer(Health health, Instant at) {}

  private final Probe probe;
  private final Duration patience;
  private final Duration fresh;
  private final Clock clock;
  private @Nullable Answer last;
  private @Nullable FutureTask<Health> asking;

  public ProbedHealth(Probe probe, Clock clock) {
    this(probe, PATIENCE, FRESH, clock);
  }

  /// @param fresh how long an answer counts: for probes that cost something
  public ProbedHealth(Probe probe, Duration fresh, Clock clock) {
    this(probe, PATIENCE, fresh, clock);
  }

  ProbedHealth(Probe probe, Duration patience, Duration fresh, Clock clock) {
    this.probe = probe;
    this.patience = patience;
    this.fresh = fresh;
    this.clock = clock;
  }

  @Override
  public synchronized Health health() {
    Answer known = last;
    if (known != null && clock.instant().isBefore(known.at().plus(fresh))) return known.health();
    var health = ask();
    last = new Answer(health, clock.instant());
    return health;
  }

  private Health ask() {
    FutureTask<Health> task = asking;
    if (task == null) {
      task = new FutureTask<>(probe::ask);
      asking = task;
      Thread.ofVirtual().name("health-probe").start(task);
    }
    try {
      var health = task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      asking = null;
      return health;
    } catch (TimeoutException _) {
      return down("it gave no answer within %d s".formatted(patience.toSeconds()));
    } catch (ExecutionException failed) {
      asking = null;
      return down(String.valueOf(failed.getCause()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return down("whoever asked was interrupted");
    }
  }

  private static Health down(String reason) {
    return Health.down().withDetail("reason", reason).build();
  }
}
