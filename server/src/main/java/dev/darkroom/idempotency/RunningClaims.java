package dev.darkroom.idempotency;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// The claims of the requests that this node works on, which it renews while it lives: three times
/// before one would lapse. No request takes so long as an hour: one that seems to is stuck, and
/// must not keep its key for ever.
@Component
final class RunningClaims {

  private static final Logger log = LoggerFactory.getLogger(RunningClaims.class);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Duration LONGEST_REQUEST = Duration.ofHours(1);

  private final Map<UUID, Instant> running = new ConcurrentHashMap<>();
  private final IdempotentRequests requests;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("idempotency-claims").factory());

  RunningClaims(IdempotentRequests requests, Clock clock) {
    this.requests = requests;
    this.clock = clock;
    var _ =
        timer.scheduleWithFixedDelay(
            this::renewAll, PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
  }

  void add(UUID claim) {
    running.put(claim, clock.instant());
  }

  void remove(UUID claim) {
    running.remove(claim);
  }

  void renewAll() {
    try {
      var stuck = clock.instant().minus(LONGEST_REQUEST);
      running.values().removeIf(stuck::isAfter);
      running.keySet().forEach(requests::renew);
    } catch (DataAccessException databaseOut) {
      log.warn("claims of requests under way could not be renewed: {}", databaseOut.toString());
    }
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
  }
}
