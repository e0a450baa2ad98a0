package dev.darkroom.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.job.Attempt.HandedBack;
import dev.darkroom.job.Step.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// The runs of steps that are under way on this node, each of which can be stopped by an interrupt
/// wherever it blocks: all of them when the node shuts down, and one when nobody waits for it any
/// more, because its job is over or another run has taken over. What a run writes never depends on
/// it: it only ends early what would be refused or done again. Safe for use by many threads at
/// once.
///
/// Of all that stops with the node this stops first, so that other nodes go on with the work while
/// this one still answers the requests that it has.
@Component
final class RunsUnderWay implements SmartLifecycle {

  /// Between two looks at whether the runs are still waited for; one query for all of them.
  private static final long LOOK_MILLIS = 500;

  private static final Logger log = LoggerFactory.getLogger(RunsUnderWay.class);

  private final StepQueue steps;
  private final ObjectProvider<Scheduler> scheduler;
  private final Set<Run> runs = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("looks").factory());
  private volatile boolean started;
  private volatile boolean stopping;

  /// @param scheduler looked up late, because it is made from the tasks that run here
  RunsUnderWay(StepQueue steps, ObjectProvider<Scheduler> scheduler) {
    this.steps = steps;
    this.scheduler = scheduler;
  }

  /// Whether this node is shutting down.
  boolean isStopping() {
    return stopping;
  }

  /// Does the work on this thread, which may be interrupted until it ends; handed back where it
  /// ended for that.
  <J> Outcome work(Step<J> step, J job, Attempt attempt) throws IOException, InterruptedException {
    var run = new Run(attempt, Thread.currentThread());
    runs.add(run);
    try {
      if (stopping) run.stop();
      return step.work(job, attempt);
    } catch (IOException | InterruptedException | RuntimeException end) {
      if (!run.end()) throw end;
      log.info("{}: attempt {} was stopped", attempt.step(), attempt.number());
      log.debug("where it was", end);
      throw handedBack(end);
    } finally {
      var _ = run.end();
      runs.remove(run);
    }
  }

  private static RuntimeException handedBack(Exception end) {
    return end instanceof StoppedEarly stopped ? stopped.handedBack() : new HandedBack(end);
  }

  private void stopForsaken() {
    List<Run> looked = List.copyOf(runs);
    if (looked.isEmpty()) return;
    try {
      Set<Attempt> forsaken = steps.forsaken(looked.stream().map(Run::attempt).toList());
      looked.stream().filter(run -> forsaken.contains(run.attempt())).forEach(Run::stop);
    } catch (DataAccessException | TransactionException databaseOut) {
      log.debug("no look at what is waited for: the database is out", databaseOut);
    }
  }

  @Override
  public void start() {
    started = true;
    var _ =
        looks.scheduleWithFixedDelay(
            this::stopForsaken, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Nothing is begun any more, and what is under way is handed back.
  @Override
  public void stop() {
    stopping = true;
    started = false;
    looks.shutdownNow();
    scheduler.ifAvailable(Scheduler::pause);
    runs.forEach(Run::stop);
  }

  @Override
  public boolean isRunning() {
    return started;
  }

  /// The work of one run, on its thread.
  private static final class Run {

    private final Attempt attempt;
    private final Thread thread;
    private boolean stopped;
    private boolean ended;

    Run(Attempt attempt, Thread thread) {
      this.attempt = attempt;
      this.thread = thread;
    }

    Attempt attempt() {
      return attempt;
    }

    synchronized void stop() {
      if (ended) return;
      stopped = true;
      thread.interrupt();
    }

    /// After this the thread is not interrupted any more: what comes now goes over connections to
    /// the database, which an interrupt would break. Tells whether it was stopped.
    synchronized boolean end() {
      if (!ended && stopped) {
        var _ = Thread.interrupted();
      }
      ended = true;
      return stopped;
    }
  }
}
