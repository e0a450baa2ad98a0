package dev.darkroom.preflight;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.darkroom.job.StepRunner;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Registers the steps of a preflight, and the forgetting of old ones, with the scheduler.
@Configuration
class PreflightTasks {

  private static final FixedDelay FORGET_PAUSE = FixedDelay.of(Duration.ofMinutes(10));

  @Bean
  Task<Void> preflightPlanStep(PreflightPlanTask plan, StepRunner runner) {
    return runner.taskOf(plan);
  }

  @Bean
  Task<Void> preflightCheckStep(CheckTask check, StepRunner runner) {
    return runner.taskOf(check);
  }

  @Bean
  Task<Void> preflightForgetting(Preflights preflights) {
    return Tasks.recurring("preflight-forgetting", FORGET_PAUSE)
        .execute((_, _) -> {
          var _ = preflights.forgetExpired();
        });
  }
}
