package dev.darkroom.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
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
}
