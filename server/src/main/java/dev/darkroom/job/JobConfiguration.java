package dev.darkroom.job;

import dev.darkroom.health.ProbedHealth;
import java.time.Clock;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class JobConfiguration {

  @Bean
  HealthIndicator jobsHealthIndicator(JdbcClient jdbc, Clock clock) {
    return new ProbedHealth(new WaitingJobs(jdbc), clock);
  }
}
