package dev.darkroom.openapi;

import dev.darkroom.api.OpenPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  /// Who is to write a client has no token yet.
  @Bean
  OpenPath apiDescription() {
    return new OpenPath("/v3/api-docs|/docs(/[a-z0-9.-]+)?");
  }
}
