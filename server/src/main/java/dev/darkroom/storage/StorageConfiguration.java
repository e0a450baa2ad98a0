package dev.darkroom.storage;

import dev.darkroom.health.ProbedHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Chooses the store: a directory, `objects` in the data directory unless another is named.
@Configuration
class StorageConfiguration {

  @Bean
  ObjectStore objectStore(
      @Value("${darkroom.store:${darkroom.data:data}/objects}") Path directory, Clock clock)
      throws IOException {
    return new DirectoryStore(directory, clock);
  }

  @Bean
  HealthIndicator storeHealthIndicator(ObjectStore store, Clock clock) {
    return new ProbedHealth(new StoreProbe(store), clock);
  }
}
