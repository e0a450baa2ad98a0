package dev.darkroom.memory;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How much memory a node takes beside its heap.
///
/// @param budget what images, and the parts of archives that they are read from, may take at once
@ConfigurationProperties("darkroom.memory")
record MemorySettings(@DefaultValue("512MB") DataSize budget) {

  private static final DataSize LEAST = DataSize.ofMegabytes(64);

  MemorySettings {
    if (budget.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "darkroom.memory.budget is %dMB; at least %dMB are needed"
              .formatted(budget.toMegabytes(), LEAST.toMegabytes()));
    }
  }
}
