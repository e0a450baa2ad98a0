package dev.darkroom.captioning;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.darkroom.api.ExpensiveCall;
import dev.darkroom.caption.Captioner;
import dev.darkroom.job.StepRunner;
import dev.darkroom.measuring.MeasuringCaptioner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/// Chooses the captioner: a vision model where one is set, else the measuring one. Registers the
/// step of caption runs with the scheduler.
@Configuration
class CaptioningConfiguration {

  private static final Logger log = LoggerFactory.getLogger(CaptioningConfiguration.class);

  /// What writes captions where nothing else does.
  @Bean
  @Fallback
  Captioner measuringCaptioner() {
    return new MeasuringCaptioner();
  }

  @Bean
  CaptionLanes captionLanes(Captioner captioner) {
    log.info("captioner: {}, {} pictures at a time", captioner.author(), captioner.concurrency());
    return new CaptionLanes(captioner.concurrency());
  }

  @Bean
  ExpensiveCall captionRunCalls() {
    return new ExpensiveCall("PUT", "/tailored-gen/datasets/[^/]+/images");
  }

  @Bean
  ExpensiveCall sentPictureCalls() {
    return new ExpensiveCall(
        "POST", "/tailored-gen/(generate_visual_schema|refine_structured_prompt)");
  }

  @Bean
  Task<Void> captionStep(CaptionTask caption, StepRunner runner) {
    return runner.taskOf(caption);
  }
}
