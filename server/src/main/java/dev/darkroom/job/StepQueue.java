package dev.darkroom.job;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which steps wait, which are with the scheduler, which are settled (SQL of `job_step`). Enqueues
/// in the caller's transaction.
///
/// Fairness is a window: only a few steps of a job are with the scheduler at a time, and one that
/// settles brings the next, so that jobs take turns and neither large nor small ones starve.
@Component
public final class StepQueue {

  private static final String ADD =
      """
      INSERT INTO job_step (job_id, task, number, state)
      SELECT :jobId, :task, number, 'waiting' FROM generate_series(0, :count - 1) number
      """;
  private static final String NEXT =
      """
      UPDATE job_step SET state = 'scheduled'
      WHERE job_id = :jobId AND task = :task AND number IN (
        SELECT number FROM job_step
        WHERE job_id = :jobId AND task = :task AND state = 'waiting'
        ORDER BY number LIMIT :count)
      RETURNING number
      """;
  private static final String SCHEDULE =
      """
      UPDATE job_step SET state = 'scheduled'
      WHERE job_id = :jobId AND task = :task AND number = :number AND state = 'waiting'
      RETURNING number
      """;
  private static final String BEGIN =
      """
      UPDATE job_step SET attempt = attempt + 1, tries = tries + 1
      WHERE job_id = :jobId AND task = :task AND number = :number AND state = 'scheduled'
      RETURNING attempt, tries
      """;
  private static final String HAND_BACK =
      """
      UPDATE job_step SET tries = tries - 1
      WHERE job_id = :jobId AND task = :task AND number = :number AND attempt = :attempt
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
  private static final String REMOVE =
      "DELETE FROM job_step WHERE job_id = :jobId AND task = :task";
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

  /// Hands the next waiting steps to the scheduler, `count` at most.
  public void scheduleNext(long jobId, String task, int count) {
    List<Integer> numbers =
        jdbc.sql(NEXT)
            .param("jobId", jobId)
            .param("task", task)
            .param("count", count)
            .query((row, _) -> row.getInt("number"))
            .list();
    for (int number : numbers) enqueue(new StepId(task, jobId, number));
  }

  /// Hands one step to the scheduler, where it still waits.
  public void schedule(long jobId, String task, int number) {
    var step = new StepId(task, jobId, number);
    on(step, SCHEDULE)
        .query((row, _) -> row.getInt("number"))
        .optional()
        .ifPresent(_ -> enqueue(step));
  }

  private void enqueue(StepId step) {
    var _ =
        scheduler
            .getObject()
            .scheduleIfNotExists(
                new TaskInstance<Void>(step.task(), step.instance()), clock.instant());
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

  /// Counts a run of the step. None where the step is settled or gone.
  Optional<Begun> begin(StepId step) {
    return on(step, BEGIN)
        .query((row, _) -> new Begun(row.getInt("attempt"), row.getInt("tries")))
        .optional();
  }

  /// Takes back that the attempt counted as a try.
  void handBack(Attempt attempt) {
    on(attempt.step(), HAND_BACK).param("attempt", attempt.number()).update();
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
