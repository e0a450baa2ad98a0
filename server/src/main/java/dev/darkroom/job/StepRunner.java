package dev.darkroom.job;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.job.Attempt.HandedBack;
import dev.darkroom.job.JobFailure.OutageTooLong;
import dev.darkroom.job.JobFailure.ServerFault;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Runs a step of a job at the scheduler's call, and decides how it ends. Three ways to stop, never
/// mixed: a *retry* counts as a try, *handing back* (shutdown, an [Outage]) does not, a *failure*
/// is final and fails the job as a whole.
@Component
public final class StepRunner {

  /// With the pauses doubling from one second a source may be gone for 63 seconds at the least; the
  /// retries of every single read within a try come on top.
  static final int MAX_TRIES = 7;

  /// How soon a step is begun again whose run could not even say how it ended, because the database
  /// was out.
  private static final FixedDelay AFTER_OUTAGE = FixedDelay.of(Duration.ofSeconds(5));

  /// The longest pause between two looks whether an outage is over.
  private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(StepRunner.class);

  private final Jobs jobs;
  private final StepQueue steps;
  private final JobTraces traces;
  private final RunsUnderWay underWay;
  private final TransactionTemplate transaction;
  private final JobSettings settings;
  private final Clock clock;

  StepRunner(
      Jobs jobs,
      StepQueue steps,
      JobTraces traces,
      RunsUnderWay underWay,
      TransactionTemplate transaction,
      JobSettings settings,
      Clock clock) {
    this.jobs = jobs;
    this.steps = steps;
    this.traces = traces;
    this.underWay = underWay;
    this.transaction = transaction;
    this.settings = settings;
    this.clock = clock;
  }

  /// The task by which the scheduler runs the step; to be made a bean.
  public Task<Void> taskOf(Step<?> step) {
    return Tasks.custom(step.task(), Void.class)
        .onFailureReschedule(AFTER_OUTAGE)
        .onDeadExecutionRevive()
        .execute((instance, context) -> run(step, instance.getId(), context));
  }

  private CompletionHandler<Void> run(Step<?> step, String instance, ExecutionContext context) {
    if (underWay.isStopping()) return again(Duration.ZERO);
    var id = StepId.of(step.task(), instance);
    long taskVersion = context.getExecution().version;
    var begun = steps.begin(id, taskVersion);
    if (begun.isEmpty()) {
      var _ = steps.removeTask(id, taskVersion);
      return settled();
    }
    var attempt =
        new Attempt(id, begun.get().attempt(), begun.get().tries(), context, underWay::isStopping);
    return traces.observe(id, jobs.origin(id.jobId()), () -> run(step, attempt));
  }

  private CompletionHandler<Void> run(Step<?> step, Attempt attempt) {
    try {
      return attempt.tries() > MAX_TRIES ? giveUp(step, attempt) : work(step, attempt);
    } catch (StoppedEarly stopped) {
      return endEarly(step, attempt, stopped);
    } catch (IOException | InterruptedException | RuntimeException fault) {
      return end(step, attempt, fault);
    }
  }

  /// Where the part cannot be written it is dropped, and the next run does it once more. The
  /// thread's interrupt, which would break the connection to the database, waits until then.
  private CompletionHandler<Void> endEarly(Step<?> step, Attempt attempt, StoppedEarly stopped) {
    var part = stopped.part();
    if (part == null) return end(step, attempt, stopped.fault());
    boolean interrupted = Thread.interrupted();
    boolean written;
    try {
      written = settlePart(attempt, part);
    } catch (RuntimeException notWritten) {
      log.warn("{}: a part of it is dropped", attempt.step(), stopped);
      return end(step, attempt, interrupted ? new HandedBack(Duration.ZERO) : notWritten);
    }
    if (!written) return settled();
    if (interrupted) Thread.currentThread().interrupt();
    return end(step, attempt.progressed(), stopped.fault());
  }

  private CompletionHandler<Void> end(Step<?> step, Attempt attempt, Exception fault) {
    return switch (fault) {
      case HandedBack handedBack -> handBack(attempt, handedBack.pause());
      case InterruptedException _, CancellationException _ -> handBack(attempt, Duration.ZERO);
      default -> recover(step, attempt, fault);
    };
  }

  private <J> CompletionHandler<Void> work(Step<J> step, Attempt attempt)
      throws IOException, InterruptedException {
    var job = step.kind().findRunning(attempt.step().jobId());
    settle(attempt, job.isPresent() ? underWay.work(step, job.get(), attempt) : () -> {});
    return settled();
  }

  /// Only a run that could not say how it ended, such as one that ended its node, comes to more
  /// tries than there are.
  private CompletionHandler<Void> giveUp(Step<?> step, Attempt attempt) {
    log.error("{} began {} times and never ended", attempt.step(), attempt.tries() - 1);
    return fail(step, attempt, new ServerFault());
  }

  /// Writes what the step found, once: the job still runs, and no other run has taken over, or
  /// nothing is written.
  private void settle(Attempt attempt, Step.Outcome outcome) {
    transaction.executeWithoutResult(status -> {
      boolean running = jobs.lockRunning(attempt.step().jobId());
      if (!running) {
        // It is over, or gone with its dataset, and nothing of it is to be written any more.
        var _ = steps.removeTask(attempt.step(), attempt.taskVersion());
      } else if (!steps.settle(attempt)) {
        log.warn(
            "{}: another run has taken over; attempt {} is dropped",
            attempt.step(),
            attempt.number());
        status.setRollbackOnly();
      } else {
        jobs.progressed(attempt.step().jobId());
        outcome.commit();
      }
    });
  }

  /// Writes what a run had done when it stopped, under the same conditions; false where they do not
  /// hold any more, and nothing is left to decide.
  private boolean settlePart(Attempt attempt, Step.Outcome part) {
    return Boolean.TRUE.equals(
        transaction.execute(_ -> {
          long jobId = attempt.step().jobId();
          if (!jobs.lockRunning(jobId)) {
            var _ = steps.removeTask(attempt.step(), attempt.taskVersion());
            return false;
          }
          if (!steps.progressed(attempt)) {
            log.warn("{}: another run has taken over from a part of it", attempt.step());
            return false;
          }
          jobs.progressed(jobId);
          part.commit();
          return true;
        }));
  }

  private CompletionHandler<Void> recover(Step<?> step, Attempt attempt, Exception fault) {
    if (attempt.isStopping() || Thread.currentThread().isInterrupted()) {
      log.info("{}: handed back, because this node stops", attempt.step(), fault);
      return handBack(attempt, Duration.ZERO);
    }
    var outage = Outage.behind(fault);
    if (outage.isPresent()) return waitOut(step, attempt, outage.get(), fault);
    try {
      return fault instanceof FailureException failed
          ? retryOrFail(step, attempt, failed.failure())
          : retryOrFail(step, attempt, fault);
    } catch (DataAccessException | TransactionException databaseOut) {
      return waitOut(step, attempt, Outage.ofDatabase(databaseOut), databaseOut);
    }
  }

  private CompletionHandler<Void> retryOrFail(Step<?> step, Attempt attempt, Failure failure) {
    if (failure.retry() == Retry.LATER && attempt.tries() < MAX_TRIES) {
      log.info("{}: try {}: {}", attempt.step(), attempt.tries(), failure.message());
      return retry(attempt, failure.retryAfter());
    }
    return fail(step, attempt, failure);
  }

  private CompletionHandler<Void> retryOrFail(Step<?> step, Attempt attempt, Exception bug) {
    log.error("{} failed, try {}", attempt.step(), attempt.tries(), bug);
    return attempt.tries() < MAX_TRIES
        ? retry(attempt, null)
        : fail(step, attempt, new ServerFault());
  }

  private CompletionHandler<Void> retry(Attempt attempt, @Nullable Duration asked) {
    if (!steps.forsaken(List.of(attempt)).isEmpty()) return dropped(attempt);
    double jitter = ThreadLocalRandom.current().nextDouble();
    return again(settings.pauseAfter(attempt.tries(), jitter, asked));
  }

  /// Pauses for as long as the fault says, else for as long as the outage lasts already, within
  /// bounds, so that a short one costs little and a long one is not asked after all the time.
  private CompletionHandler<Void> waitOut(
      Step<?> step, Attempt attempt, Failure outage, Exception fault) {
    var since = jobs.waitsSince(attempt.step().jobId(), outage);
    if (since.isEmpty()) return dropped(attempt);
    var waiting = Duration.between(since.get(), clock.instant());
    log.warn(
        "{}: waits, {} so far: {}: {}",
        attempt.step(),
        waiting,
        outage.type(),
        outage.message(),
        fault);
    if (waiting.compareTo(settings.outageLimit()) > 0) {
      return fail(step, attempt, new OutageTooLong(settings.outageLimit(), outage));
    }
    return handBack(attempt, pause(waiting, outage.retryAfter()));
  }

  /// The job is over or gone with its dataset, or another run has taken over.
  private CompletionHandler<Void> dropped(Attempt attempt) {
    var _ = steps.removeTask(attempt.step(), attempt.taskVersion());
    return settled();
  }

  private Duration pause(Duration waiting, @Nullable Duration retryAfter) {
    if (retryAfter != null) return longer(retryAfter, settings.retryDelay());
    var atLeast = longer(waiting, settings.retryDelay());
    return atLeast.compareTo(OUTAGE_PAUSE) < 0 ? atLeast : OUTAGE_PAUSE;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /// Clears the thread's interrupt, which would break the connections to the database that the
  /// hand-back goes over: the run ends here, and its thread with it.
  private CompletionHandler<Void> handBack(Attempt attempt, Duration pause) {
    var _ = Thread.interrupted();
    return steps.handBack(attempt) ? again(pause) : dropped(attempt);
  }

  private CompletionHandler<Void> fail(Step<?> step, Attempt attempt, Failure failure) {
    settle(attempt, () -> step.kind().fail(attempt.step().jobId(), failure));
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
