package dev.darkroom.ratelimit;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RateLimitConfiguration {

  private static final FixedDelay CLEAN_UP_PAUSE = FixedDelay.of(Duration.ofMinutes(5));

  /// Buckets that are full again are as good as none.
  @Bean
  Task<Void> rateBucketCleanUp(SharedBuckets buckets) {
    return Tasks.recurring("rate-bucket-clean-up", CLEAN_UP_PAUSE)
        .execute((_, _) -> buckets.removeFull());
  }
}
