package dev.darkroom.bulkupload;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How bulk uploads are worked on.
///
/// @param retryDelay the pause before the second try of a step; each further one doubles it
/// @param outageLimit how long an upload waits for a store or a provider that is out
/// @param memoryBudget what all images that are being read and checked on this node may hold,
///   outside the heap
@ConfigurationProperties("darkroom.bulk-upload")
record BulkUploadSettings(
    @DefaultValue("1s") Duration retryDelay,
    @DefaultValue("24h") Duration outageLimit,
    @DefaultValue("512MB") DataSize memoryBudget) {

  BulkUploadSettings {
    requirePositive("retry-delay", retryDelay);
    requirePositive("outage-limit", outageLimit);
    if (memoryBudget.toMegabytes() < 16) {
      throw new IllegalArgumentException(
          "darkroom.bulk-upload.memory-budget is " + memoryBudget + "; at least 16MB are needed");
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "darkroom.bulk-upload." + name + " is " + value + "; it must be longer than zero");
    }
  }
}
