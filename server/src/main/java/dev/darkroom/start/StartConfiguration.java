package dev.darkroom.start;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StartConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
