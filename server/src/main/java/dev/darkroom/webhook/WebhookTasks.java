package dev.darkroom.webhook;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.darkroom.job.StepRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Registers the tries with the scheduler.
@Configuration
class WebhookTasks {

  @Bean
  Task<Void> webhookStep(DeliverTask deliver, StepRunner runner) {
    return runner.taskOf(deliver);
  }
}
