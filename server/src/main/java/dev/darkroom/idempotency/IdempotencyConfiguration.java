package dev.darkroom.idempotency;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IdempotencyConfiguration {

  private static final FixedDelay CLEAN_UP_PAUSE = FixedDelay.of(Duration.ofMinutes(5));

  @Bean
  Task<Void> idempotentRequestCleanUp(IdempotentRequests requests) {
    return Tasks.recurring("idempotent-request-clean-up", CLEAN_UP_PAUSE)
        .execute((_, _) -> requests.removeDead());
  }
}
