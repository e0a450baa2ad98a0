package dev.darkroom.dataset;

import dev.darkroom.api.OpenPath;
import dev.darkroom.api.Page;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.limit.Limit;
import dev.darkroom.limit.LimitSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DatasetConfiguration {

  /// The links that [ImageLinks] signs.
  @Bean
  OpenPath imageFiles() {
    return new OpenPath("/files/[0-9]+/(original|thumbnail)");
  }

  @Bean
  LimitSource datasetLimits() {
    return () ->
        List.of(
            new Limit("max-images-with-dataset", DatasetController.MAX_IMAGES),
            new Limit("max-results-per-page", Page.MAX_SIZE),
            new Limit("max-visual-schema-bytes", VisualSchema.MAX_BYTES));
  }
}
