package dev.darkroom.api;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

  /// Balancers and supervisors have no token.
  @Bean
  OpenPath healthProbes() {
    return new OpenPath("/actuator/health/(liveness|readiness)");
  }
}
