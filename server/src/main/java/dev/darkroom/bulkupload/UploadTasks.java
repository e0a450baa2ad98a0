package dev.darkroom.bulkupload;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.darkroom.api.ExpensiveCall;
import dev.darkroom.archive.Pause;
import dev.darkroom.job.StepRunner;
import dev.darkroom.webhook.Webhooks;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Registers the steps of an upload, and what is done from time to time, with the scheduler.
@Configuration
class UploadTasks {

  private static final FixedDelay CLEAN_UP_PAUSE = FixedDelay.of(Duration.ofSeconds(30));

  @Bean
  ExpensiveCall uploadCalls() {
    return new ExpensiveCall(
        "POST", "/tailored-gen/datasets/[^/]+/images/bulk-upload(/preflight)?");
  }

  @Bean
  Task<Void> planStep(PlanTask plan, StepRunner runner) {
    return runner.taskOf(plan);
  }

  @Bean
  Task<Void> ingestStep(IngestTask ingest, StepRunner runner) {
    return runner.taskOf(ingest);
  }

  @Bean
  Task<Void> moderateStep(ModerateTask moderate, StepRunner runner) {
    return runner.taskOf(moderate);
  }

  @Bean
  Task<Void> publishStep(PublishTask publish, StepRunner runner) {
    return runner.taskOf(publish);
  }

  /// Between two tries at a source.
  @Bean
  Pause sourcePause() {
    return Thread::sleep;
  }

  @Bean
  Task<Void> cleanUp(CleanUpTask cleanUp, Admission admission, Webhooks webhooks) {
    return Tasks.recurring("clean-up", CLEAN_UP_PAUSE)
        .execute((_, _) -> {
          admission.admitLate();
          webhooks.cleanUp();
          cleanUp.run();
        });
  }
}
