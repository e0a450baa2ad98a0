package dev.darkroom.failurereport;

import dev.darkroom.api.OpenPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FailureReportConfiguration {

  /// The links that [FailedImages] signs.
  @Bean
  OpenPath failedImageFiles() {
    return new OpenPath("/files/entries/[0-9]+/[0-9]+/thumbnail");
  }
}
