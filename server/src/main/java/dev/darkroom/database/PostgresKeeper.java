package dev.darkroom.database;

import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a PostgreSQL running: starts it again whenever it ends before it is told to, for as long
/// as it takes, with growing pauses. Waits for the end of the process, and never looks whether it
/// is still there. Safe for use by many threads at once.
final class PostgresKeeper {

  private static final Logger log = LoggerFactory.getLogger(PostgresKeeper.class);

  /// A server that was killed leaves sessions behind that keep the next one from starting until
  /// they have noticed: some tens of milliseconds.
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /// Who has run for so long ends for a new reason, and is started again without delay.
  private static final Duration STEADY = Duration.ofMinutes(1);

  /// Starts the server, on the port that it always has.
  @FunctionalInterface
  interface Start {
    PostgresProcess run() throws IOException;
  }

  private final Start start;
  private final Consumer<PostgresProcess> awaitReady;
  private final CountDownLatch told = new CountDownLatch(1);
  private volatile PostgresProcess process;
  private final AtomicInteger restarts = new AtomicInteger();

  /// @param process the server, which runs
  /// @param awaitReady returns when a server takes connections, or throws a `FailureException`
  PostgresKeeper(PostgresProcess process, Start start, Consumer<PostgresProcess> awaitReady) {
    this.process = process;
    this.start = start;
    this.awaitReady = awaitReady;
    Thread.ofPlatform().daemon().name("postgres-keeper").start(this::keep);
  }

  /// How often it was started again.
  int restarts() {
    return restarts.get();
  }

  /// Stops the server for good.
  void stop() {
    told.countDown();
    synchronized (this) {
      process.stop();
    }
  }

  private void keep() {
    var pause = SHORTEST_PAUSE;
    for (long since = System.nanoTime(); ; since = System.nanoTime()) {
      process.handle().onExit().join();
      if (isTold()) return;
      log.error(
          "The embedded PostgreSQL (pid {}) was killed, or ended by itself; it is started again",
          process.handle().pid());
      if (System.nanoTime() - since > STEADY.toNanos()) pause = SHORTEST_PAUSE;
      pause = startAgain(pause);
    }
  }

  /// Returns when the server takes connections, or was told to stop; gives the pause before the
  /// next start.
  private Duration startAgain(Duration pause) {
    while (!isToldWithin(pause)) {
      pause = longer(pause);
      try {
        startUnlessTold();
        awaitReady.accept(process);
        restarts.incrementAndGet();
        log.warn("The embedded PostgreSQL runs again (pid {})", process.handle().pid());
        return pause;
      } catch (IOException | FailureException e) {
        if (!isTold()) {
          log.error("The embedded PostgreSQL cannot be started; next try in {}", pause, e);
        }
      }
    }
    return pause;
  }

  private synchronized void startUnlessTold() throws IOException {
    if (!isTold()) process = start.run();
  }

  private static Duration longer(Duration pause) {
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private boolean isTold() {
    return told.getCount() == 0;
  }

  private boolean isToldWithin(Duration pause) {
    try {
      return told.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }
}
