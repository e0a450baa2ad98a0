package dev.darkroom.export;

import dev.darkroom.api.OpenPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ExportConfiguration {

  /// The links that [ExportLinks] signs.
  @Bean
  OpenPath exportFiles() {
    return new OpenPath("/exports/[0-9]+/[a-z]+/[0-9]+");
  }
}
