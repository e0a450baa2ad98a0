package dev.darkroom.captioning;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.darkroom.job.StepRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Chooses the captioner, and registers the step of caption runs with the scheduler.
@Configuration
class CaptioningConfiguration {

  @Bean
  CaptionLanes captionLanes() {
    return new CaptionLanes(16);
  }

  @Bean
  Task<Void> captionStep(CaptionTask caption, StepRunner runner) {
    return runner.taskOf(caption);
  }
}
