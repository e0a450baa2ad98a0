package dev.darkroom.storage;

import dev.darkroom.health.ProbedHealth;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Chooses the store: the directory or the bucket that is named, else `objects` in the data
/// directory.
@Configuration
class StorageConfiguration {

  @Bean
  ObjectStore objectStore(
      @Value("${darkroom.store:${darkroom.data:data}/objects}") String location,
      S3Settings s3,
      Clock clock,
      MeterRegistry meters)
      throws IOException {
    return new MeteredStore(Stores.open(StoreLocation.of(location), s3, clock), meters);
  }

  @Bean
  HealthIndicator storeHealthIndicator(ObjectStore store, Clock clock) {
    return new ProbedHealth(new StoreProbe(store), clock);
  }
}
