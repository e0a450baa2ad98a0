package dev.darkroom.bulkupload;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import dev.darkroom.bulkupload.Attempt.HandedBack;
import dev.darkroom.bulkupload.BulkUploadFailure.OutageTooLong;
import dev.darkroom.bulkupload.BulkUploadFailure.ServerFault;
import dev.darkroom.bulkupload.BulkUploadFailure.SourceLost;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.fetch.FetchFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Runs a step of an upload at the scheduler's call, and decides how it ends. Three ways to stop,
/// never mixed: a *retry* counts as a try, *handing back* (shutdown, a store that is out) does not,
/// a *failure* is final and fails the upload as a whole.
@Component
final class StepRunner {

  /// With the pauses doubling from one second, and the retries of every single read within a try, a
  /// source may be gone for about a minute.
  static final int MAX_TRIES = 6;

  private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(StepRunner.class);

  private final BulkUploads uploads;
  private final StepQueue steps;
  private final UploadEnding ending;
  private final TransactionTemplate transaction;
  private final BulkUploadSettings settings;
  private final Clock clock;

  StepRunner(
      BulkUploads uploads,
      StepQueue steps,
      UploadEnding ending,
      TransactionTemplate transaction,
      BulkUploadSettings settings,
      Clock clock) {
    this.uploads = uploads;
    this.steps = steps;
    this.ending = ending;
    this.transaction = transaction;
    this.settings = settings;
    this.clock = clock;
  }

  CompletionHandler<Void> run(Step step, String instance, ExecutionContext context) {
    var id = StepId.of(step.task(), instance);
    var upload = uploads.findRunning(id.uploadId());
    var begun = upload.flatMap(_ -> steps.begin(id));
    if (upload.isEmpty() || begun.isEmpty()) {
      var _ = steps.removeTask(id, context.getExecution().version);
      return settled();
    }
    var attempt = new Attempt(id, begun.get().attempt(), begun.get().tries(), context);
    try (var _ = MDC.putCloseable("upload", Long.toString(id.uploadId()))) {
      return run(step, upload.get(), attempt);
    }
  }

  private CompletionHandler<Void> run(Step step, BulkUpload upload, Attempt attempt) {
    if (attempt.tries() > MAX_TRIES) {
      log.error("{} began {} times and never ended", attempt.step(), attempt.tries() - 1);
      return fail(attempt, new ServerFault());
    }
    try {
      settle(attempt, step.work(upload, attempt));
      return settled();
    } catch (HandedBack _) {
      return handBack(attempt, Duration.ZERO);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return handBack(attempt, Duration.ZERO);
    } catch (FailureException failed) {
      return retryOrFail(attempt, failed.failure());
    } catch (IOException storeOut) {
      return waitForStore(attempt, storeOut);
    } catch (RuntimeException bug) {
      log.error("{} failed, attempt {}", attempt.step(), attempt.number(), bug);
      return attempt.tries() < MAX_TRIES ? retry(attempt) : fail(attempt, new ServerFault());
    }
  }

  /// Writes what the step found, once: the upload still runs, and no other run has taken over, or
  /// nothing is written.
  private void settle(Attempt attempt, Step.Outcome outcome) {
    transaction.executeWithoutResult(status -> {
      boolean running = uploads.lockRunning(attempt.step().uploadId()).isPresent();
      if (!steps.settle(attempt)) {
        log.warn(
            "{}: another run has taken over; attempt {} is dropped",
            attempt.step(),
            attempt.number());
        status.setRollbackOnly();
      } else if (running) {
        outcome.commit();
      }
    });
  }

  private CompletionHandler<Void> retryOrFail(Attempt attempt, Failure failure) {
    if (failure.retry() == Retry.LATER && attempt.tries() < MAX_TRIES) {
      log.info("{}: try {}: {}", attempt.step(), attempt.tries(), failure.message());
      return retry(attempt);
    }
    return fail(
        attempt, failure instanceof FetchFailure lost ? new SourceLost(lost.message()) : failure);
  }

  private CompletionHandler<Void> retry(Attempt attempt) {
    return again(settings.retryDelay().multipliedBy(1L << (attempt.tries() - 1)));
  }

  private CompletionHandler<Void> waitForStore(Attempt attempt, IOException storeOut) {
    var waiting = Duration.between(uploads.waitsSince(attempt.step().uploadId()), clock.instant());
    log.warn("{}: the store is out for {}", attempt.step(), waiting, storeOut);
    if (waiting.compareTo(settings.outageLimit()) > 0) {
      return fail(attempt, new OutageTooLong(settings.outageLimit()));
    }
    return handBack(attempt, OUTAGE_PAUSE);
  }

  private CompletionHandler<Void> handBack(Attempt attempt, Duration pause) {
    steps.handBack(attempt);
    return again(pause);
  }

  private CompletionHandler<Void> fail(Attempt attempt, Failure failure) {
    settle(attempt, () -> ending.fail(attempt.step().uploadId(), failure));
    return settled();
  }

  /// The step's own transaction has taken its task from the scheduler, so nothing is left to do for
  /// it.
  private static CompletionHandler<Void> settled() {
    return (_, _) -> {};
  }

  private CompletionHandler<Void> again(Duration pause) {
    return (complete, operations) -> operations.reschedule(complete, clock.instant().plus(pause));
  }
}
