package dev.darkroom.api;

import dev.darkroom.limit.Limit;
import dev.darkroom.limit.LimitSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

  /// Balancers and supervisors have no token.
  @Bean
  OpenPath healthProbes() {
    return new OpenPath("/actuator/health/(liveness|readiness)");
  }

  @Bean
  LimitSource bodyLimits() {
    return () ->
        List.of(
            new Limit("max-body-bytes", BodyLimit.MAX_BYTES),
            new Limit("max-body-bytes-with-images", BodyLimit.MAX_LARGE_BYTES));
  }
}
