package dev.darkroom.purge;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PurgeTasks {

  /// What there is to do is a state of organizations, so that the command line can begin a purge,
  /// too, which has no scheduler. To find nothing is one look into an empty index.
  private static final FixedDelay PAUSE = FixedDelay.of(Duration.ofSeconds(5));

  @Bean
  Task<Void> purgeOrganizations(OrganizationPurge purge) {
    return Tasks.recurring("purge", PAUSE).execute((_, _) -> purge.run());
  }
}
