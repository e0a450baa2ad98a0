package dev.darkroom.database;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import dev.darkroom.health.ProbedHealth;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The connection details that the data source, Flyway and the scheduler are made from.
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  @Bean
  Database database(DatabaseSettings settings) {
    return Database.start(settings);
  }

  @Bean
  HealthIndicator databaseHealthIndicator(Database database, Clock clock) {
    return new ProbedHealth(database::health, clock);
  }

  /// Tasks block on the network and on child processes, so each runs on a virtual thread; how many
  /// run at once is `db-scheduler.threads`.
  @Bean
  DbSchedulerCustomizer virtualThreads() {
    return new DbSchedulerCustomizer() {
      @Override
      public Optional<ExecutorService> executorService() {
        return Optional.of(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("task-", 0).factory()));
      }
    };
  }
}
