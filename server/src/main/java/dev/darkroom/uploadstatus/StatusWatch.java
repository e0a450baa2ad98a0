package dev.darkroom.uploadstatus;

import dev.darkroom.bulkupload.BulkUploadStatuses;
import dev.darkroom.bulkupload.StatusVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Waits for statuses to change, for all requests of this node that do: one query looks at all of
/// their uploads, however many wait, and none is made where nobody does. A waiter has a virtual
/// thread, and nothing else. What it knows is compared with what is, so that no change is missed
/// between its own look and its waiting. Safe for use by many threads at once.
///
/// It is stopped before the requests under way are waited for, so that all who wait end with it.
@Component
final class StatusWatch implements SmartLifecycle {

  private static final long LOOK_MILLIS = 250;
  private static final Logger log = LoggerFactory.getLogger(StatusWatch.class);

  private final BulkUploadStatuses statuses;
  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("statuses").factory());
  private volatile boolean started;
  private volatile boolean stopping;

  StatusWatch(BulkUploadStatuses statuses) {
    this.statuses = statuses;
  }

  /// @param next completed with the version that came after, or none where the upload is gone
  private record Waiter(StatusVersion known, CompletableFuture<Optional<StatusVersion>> next) {}

  /// Whether nothing is waited for any more, because this node stops.
  boolean isStopping() {
    return stopping;
  }

  /// The version of a status as soon as it is another than the known one; that one where none came
  /// in time, or this node stops. None where the upload is gone.
  Optional<StatusVersion> await(StatusVersion known, Duration atMost) {
    var waiter = new Waiter(known, new CompletableFuture<>());
    waiters.add(waiter);
    try {
      if (stopping) return Optional.of(known);
      return waiter.next().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return Optional.of(known);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.of(known);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      waiters.remove(waiter);
    }
  }

  private void look() {
    List<Waiter> waiting = List.copyOf(waiters);
    if (waiting.isEmpty()) return;
    try {
      var uploads =
          waiting.stream().map(each -> each.known().uploadId()).collect(Collectors.toSet());
      var current = statuses.find(uploads);
      for (Waiter waiter : waiting) {
        var version = Optional.ofNullable(current.get(waiter.known().uploadId()));
        if (!version.equals(Optional.of(waiter.known()))) waiter.next().complete(version);
      }
    } catch (DataAccessException | TransactionException databaseOut) {
      log.debug("no look at the statuses that are waited for: the database is out", databaseOut);
    }
  }

  @Override
  public void start() {
    started = true;
    var _ =
        looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    stopping = true;
    started = false;
    looks.shutdownNow();
    waiters.forEach(waiter -> waiter.next().complete(Optional.of(waiter.known())));
  }

  @Override
  public boolean isRunning() {
    return started;
  }
}
