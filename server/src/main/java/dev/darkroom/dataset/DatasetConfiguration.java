package dev.darkroom.dataset;

import dev.darkroom.api.OpenPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DatasetConfiguration {

  /// The links that [ImageLinks] signs.
  @Bean
  OpenPath imageFiles() {
    return new OpenPath("/files/[0-9]+/(original|thumbnail)");
  }
}
