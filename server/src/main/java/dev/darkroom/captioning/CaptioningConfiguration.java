package dev.darkroom.captioning;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.darkroom.caption.Captioner;
import dev.darkroom.job.StepRunner;
import dev.darkroom.measuring.MeasuringCaptioner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
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

  /// A vision model is asked for as many captions at a time as its setting says; measuring is work
  /// for this machine's own cores.
  @Bean
  CaptionLanes captionLanes(
      Captioner captioner,
      @Value("${darkroom.captioner.remote.base-url:}") String baseUrl,
      @Value("${darkroom.captioner.remote.concurrency:16}") int concurrency) {
    int lanes = baseUrl.isBlank() ? Runtime.getRuntime().availableProcessors() : concurrency;
    log.info("captioner: {}, {} pictures at a time", captioner.author(), lanes);
    return new CaptionLanes(lanes);
  }

  @Bean
  Task<Void> captionStep(CaptionTask caption, StepRunner runner) {
    return runner.taskOf(caption);
  }
}
