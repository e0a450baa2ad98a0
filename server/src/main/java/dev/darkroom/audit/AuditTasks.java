package dev.darkroom.audit;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AuditTasks {

  private static final FixedDelay PAUSE = FixedDelay.of(Duration.ofHours(1));

  @Bean
  Task<Void> deleteOldAuditEntries(AuditLog log, AuditSettings settings, Clock clock) {
    return Tasks.recurring("audit-retention", PAUSE)
        .execute((_, _) -> log.deleteBefore(clock.instant().minus(settings.retention())));
  }
}
