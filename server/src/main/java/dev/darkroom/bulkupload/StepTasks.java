package dev.darkroom.bulkupload;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Registers the steps of an upload, and the clean-up, with the scheduler.
@Configuration
class StepTasks {

  /// How soon a step is begun again whose run could not even say how it ended, because the database
  /// was out.
  private static final FixedDelay AFTER_OUTAGE = FixedDelay.of(Duration.ofSeconds(5));

  private static final FixedDelay CLEAN_UP_PAUSE = FixedDelay.of(Duration.ofSeconds(30));

  @Bean
  Task<Void> planStep(PlanTask plan, StepRunner runner) {
    return task(plan, runner);
  }

  @Bean
  Task<Void> ingestStep(IngestTask ingest, StepRunner runner) {
    return task(ingest, runner);
  }

  @Bean
  Task<Void> finishStep(FinishTask finish, StepRunner runner) {
    return task(finish, runner);
  }

  @Bean
  Task<Void> cleanUp(CleanUpTask cleanUp) {
    return Tasks.recurring("clean-up", CLEAN_UP_PAUSE).execute((_, _) -> cleanUp.run());
  }

  private static Task<Void> task(Step step, StepRunner runner) {
    return Tasks.custom(step.task().toString(), Void.class)
        .onFailureReschedule(AFTER_OUTAGE)
        .onDeadExecutionRevive()
        .execute((instance, context) -> runner.run(step, instance.getId(), context));
  }
}
