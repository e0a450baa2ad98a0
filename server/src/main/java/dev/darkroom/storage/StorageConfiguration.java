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
    return new MeteredStore(open(location, s3, clock), meters);
  }

  private static ObjectStore open(String location, S3Settings s3, Clock clock) throws IOException {
    return switch (StoreLocation.of(location)) {
      case StoreLocation.Directory(var path) -> new DirectoryStore(path, clock);
      case StoreLocation.Bucket bucket -> {
        var store = new S3Store(bucket, s3, S3Timeouts.DEFAULT, clock);
        store.requireUsable();
        yield store;
      }
    };
  }

  @Bean
  HealthIndicator storeHealthIndicator(ObjectStore store, Clock clock) {
    return new ProbedHealth(new StoreProbe(store), clock);
  }
}
