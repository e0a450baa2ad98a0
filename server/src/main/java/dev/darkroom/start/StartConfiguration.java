package dev.darkroom.start;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What every module may ask for.
@Configuration(proxyBeanMethods = false)
class StartConfiguration {

  /// What tells the time wherever it decides something.
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
