package dev.darkroom.job;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which steps wait, which are with the scheduler, which are settled (SQL of `job_step`). Enqueues
/// in the caller's transaction.
///
/// Fairness is a window: only a few steps of a job's task are with the scheduler at a time, and one
/// that settles brings the next, so that jobs take turns and neither large nor small ones starve.
/// The scheduler takes the steps in the order in which they came, and a node no more of them than
/// it runs.
@Component
public final class StepQueue {

  private static final String ADD =
      """
      INSERT INTO job_step (job_id, task, number, state)
      SELECT :jobId, :task, number, 'waiting' FROM generate_series(0, :count - 1) number
      """;
  private static final String FILL =
      """
      UPDATE job_step SET state = 'scheduled'
      WHERE job_id = :jobId AND task = :task AND number IN (
        SELECT number FROM job_step
        WHERE job_id = :jobId AND task = :task AND state = 'waiting'
        ORDER BY number
        LIMIT greatest(0, :window - (
          SELECT count(*) FROM job_step
          WHERE job_id = :jobId AND task = :task AND state = 'scheduled')))
      RETURNING number
      """;
  private static final String FILL_BEHIND =
      """
      UPDATE job_step SET state = 'scheduled'
      WHERE job_id = :jobId AND task = :task AND number IN (
        SELECT step.number FROM job_step step
        JOIN job_step ahead ON ahead.job_id = step.job_id AND ahead.number = step.number
        WHERE step.job_id = :jobId AND step.task = :task AND step.state = 'waiting'
          AND ahead.task = :ahead AND ahead.state = 'settled'
        ORDER BY step.number
        LIMIT greatest(0, :window - (
          SELECT count(*) FROM job_step
          WHERE job_id = :jobId AND task = :task AND state = 'scheduled')))
      RETURNING number
      """;
  private static final String SCHEDULE =
      """
      UPDATE job_step SET state = 'scheduled'
      WHERE job_id = :jobId AND task = :task AND number = :number AND state = 'waiting'
      RETURNING number
      """;
  // Under the lock of the scheduler's row, so that of two runs the one that has the task has the
  // higher attempt too. A node can be so slow that it is overtaken between picking a task and this.
  private static final String BEGIN =
      """
      WITH held AS (
        SELECT FROM scheduled_tasks
        WHERE task_name = :task AND task_instance = :instance AND version = :version FOR UPDATE)
      UPDATE job_step SET attempt = attempt + 1, tries = tries + 1
      WHERE job_id = :jobId AND task = :task AND number = :number AND state = 'scheduled'
        AND EXISTS (SELECT FROM held)
      RETURNING attempt, tries
      """;
  private static final String HAND_BACK =
      """
      UPDATE job_step SET tries = tries - 1
      WHERE job_id = :jobId AND task = :task AND number = :number AND attempt = :attempt
      """;
  private static final String FORSAKEN =
      """
      SELECT place
      FROM unnest(:jobIds, :tasks, :numbers, :attempts)
        WITH ORDINALITY run (job_id, task, number, attempt, place)
      WHERE NOT EXISTS (
        SELECT FROM job_step JOIN job ON job.id = job_step.job_id
        WHERE job.running AND job_step.job_id = run.job_id AND job_step.task = run.task
          AND job_step.number = run.number AND job_step.attempt = run.attempt)
      """;
  private static final String LOCK_TASK =
      """
      SELECT version FROM scheduled_tasks
      WHERE task_name = :task AND task_instance = :instance AND version = :version FOR UPDATE
      """;
  // A run that gets on is the first of as many as a step has that does not.
  private static final String PROGRESSED =
      """
      UPDATE job_step SET tries = 1
      WHERE job_id = :jobId AND task = :task AND number = :number AND state = 'scheduled'
        AND attempt = :attempt
      """;
  private static final String SETTLE =
      """
      UPDATE job_step SET state = 'settled'
      WHERE job_id = :jobId AND task = :task AND number = :number AND state = 'scheduled'
        AND attempt = :attempt
      """;
  private static final String COUNT_UNSETTLED =
      """
      SELECT count(*) FROM job_step
      WHERE job_id = :jobId AND task = :task AND state <> 'settled'
      """;
  private static final String CALL =
      """
      UPDATE scheduled_tasks SET execution_time = :now, version = version + 1
      WHERE task_name = :task AND task_instance = :instance AND NOT picked AND execution_time > :now
      """;
  private static final String REMOVE =
      "DELETE FROM job_step WHERE job_id = :jobId AND task = :task";
  // A task that is picked is left to its run, which finds its step gone.
  private static final String WITHDRAW_TASKS =
      """
      DELETE FROM scheduled_tasks
      USING job_step step
      WHERE step.job_id = :jobId AND step.state = 'scheduled' AND NOT picked
        AND task_name = step.task AND task_instance = step.job_id || '/' || step.number
      """;
  private static final String WITHDRAW =
      "DELETE FROM job_step WHERE job_id = :jobId AND state <> 'settled'";
  private static final String REMOVE_TASK =
      """
      DELETE FROM scheduled_tasks
      WHERE task_name = :task AND task_instance = :instance AND version = :version
      """;

  private final JdbcClient jdbc;
  private final ObjectProvider<SchedulerClient> scheduler;
  private final Clock clock;

  /// @param scheduler looked up late, because the scheduler itself is made from the tasks that
  ///   enqueue here
  StepQueue(JdbcClient jdbc, ObjectProvider<SchedulerClient> scheduler, Clock clock) {
    this.jdbc = jdbc;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /// Adds `count` waiting steps, numbered from 0.
  public void add(long jobId, String task, int count) {
    jdbc.sql(ADD).param("jobId", jobId).param("task", task).param("count", count).update();
  }

  /// Hands the next waiting steps to the scheduler until `window` steps of the task are with it. To
  /// be called under the job's lock, or before others know of the job.
  public void fill(long jobId, String task, int window) {
    fill(jobId, task, jdbc.sql(FILL).param("window", window));
  }

  /// The same, of those steps only whose namesake (the one of the same number) of the task `ahead`
  /// is settled.
  public void fillBehind(String ahead, long jobId, String task, int window) {
    fill(jobId, task, jdbc.sql(FILL_BEHIND).param("window", window).param("ahead", ahead));
  }

  private void fill(long jobId, String task, JdbcClient.StatementSpec update) {
    update
        .param("jobId", jobId)
        .param("task", task)
        .query((row, _) -> row.getInt("number"))
        .stream()
        .sorted()
        .forEach(number -> enqueue(new StepId(task, jobId, number), Duration.ZERO));
  }

  /// Hands one step to the scheduler, where it still waits.
  public void schedule(long jobId, String task, int number) {
    schedule(jobId, task, number, Duration.ZERO);
  }

  /// The same, to be begun after a pause.
  public void schedule(long jobId, String task, int number, Duration pause) {
    var step = new StepId(task, jobId, number);
    on(step, SCHEDULE)
        .query((row, _) -> row.getInt("number"))
        .optional()
        .ifPresent(_ -> enqueue(step, pause));
  }

  private void enqueue(StepId step, Duration pause) {
    var _ =
        scheduler
            .getObject()
            .scheduleIfNotExists(
                new TaskInstance<Void>(step.task(), step.instance()), clock.instant().plus(pause));
  }

  public boolean allSettled(long jobId, String task) {
    return jdbc.sql(COUNT_UNSETTLED)
            .param("jobId", jobId)
            .param("task", task)
            .query((row, _) -> row.getInt(1))
            .single()
        == 0;
  }

  /// Removes steps that nobody waits for any more. A run of one that still goes on writes nothing,
  /// and those that are with the scheduler leave it when they are up.
  public void remove(long jobId, String task) {
    jdbc.sql(REMOVE).param("jobId", jobId).param("task", task).update();
  }

  /// Takes all that is not settled from a job that ends: what waits, and what is with the scheduler
  /// and not under way. Runs in the caller's transaction and under the job's lock.
  public void withdraw(long jobId) {
    jdbc.sql(WITHDRAW_TASKS).param("jobId", jobId).update();
    jdbc.sql(WITHDRAW).param("jobId", jobId).update();
  }

  /// Counts a run of the step. None where the step is settled or gone, or another run has its task.
  ///
  /// @param taskVersion of the scheduler's row that the run picked
  Optional<Begun> begin(StepId step, long taskVersion) {
    return on(step, BEGIN)
        .param("instance", step.instance())
        .param("version", taskVersion)
        .query((row, _) -> new Begun(row.getInt("attempt"), row.getInt("tries")))
        .optional();
  }

  /// Takes back that the attempt counted as a try; false where another run has taken over, or the
  /// step is gone.
  boolean handBack(Attempt attempt) {
    return on(attempt.step(), HAND_BACK).param("attempt", attempt.number()).update() == 1;
  }

  /// Those of the attempts that nobody waits for: the job is over, or another run has taken over.
  Set<Attempt> forsaken(List<Attempt> attempts) {
    Set<Attempt> forsaken = new HashSet<>();
    jdbc.sql(FORSAKEN)
        .param("jobIds", attempts.stream().map(a -> a.step().jobId()).toArray(Long[]::new))
        .param("tasks", attempts.stream().map(a -> a.step().task()).toArray(String[]::new))
        .param("numbers", attempts.stream().map(a -> a.step().number()).toArray(Integer[]::new))
        .param("attempts", attempts.stream().map(Attempt::number).toArray(Integer[]::new))
        .query(row -> {
          forsaken.add(attempts.get(row.getInt("place") - 1));
        });
    return forsaken;
  }

  /// Ends the pause of a step that was handed back; false where it has none.
  boolean call(StepId step) {
    return jdbc.sql(CALL)
            .param("task", step.task())
            .param("instance", step.instance())
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /// Counts the tries anew from this attempt, which has done a part of the step; false where
  /// another run has taken over. None can until the transaction ends.
  boolean progressed(Attempt attempt) {
    return lockTask(attempt.step(), attempt.taskVersion())
        && on(attempt.step(), PROGRESSED).param("attempt", attempt.number()).update() == 1;
  }

  private boolean lockTask(StepId step, long taskVersion) {
    return onTask(step, LOCK_TASK, taskVersion)
        .query((row, _) -> row.getLong("version"))
        .optional()
        .isPresent();
  }

  /// Settles the step and takes its task from the scheduler; false where another run has taken
  /// over.
  boolean settle(Attempt attempt) {
    return removeTask(attempt.step(), attempt.taskVersion())
        && on(attempt.step(), SETTLE).param("attempt", attempt.number()).update() == 1;
  }

  /// Takes a task from the scheduler whose step has nothing left to do; false where another run has
  /// taken over.
  boolean removeTask(StepId step, long taskVersion) {
    return onTask(step, REMOVE_TASK, taskVersion).update() == 1;
  }

  private JdbcClient.StatementSpec onTask(StepId step, String sql, long taskVersion) {
    return jdbc.sql(sql)
        .param("task", step.task())
        .param("instance", step.instance())
        .param("version", taskVersion);
  }

  private JdbcClient.StatementSpec on(StepId step, String sql) {
    return jdbc.sql(sql)
        .param("jobId", step.jobId())
        .param("task", step.task())
        .param("number", step.number());
  }

  /// The two counts of a run.
  record Begun(int attempt, int tries) {}
}
