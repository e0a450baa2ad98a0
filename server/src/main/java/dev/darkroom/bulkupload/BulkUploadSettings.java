package dev.darkroom.bulkupload;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How bulk uploads are worked on.
///
/// @param memoryBudget what all images that are being read and checked on this node may hold,
///   outside the heap
@ConfigurationProperties("darkroom.bulk-upload")
record BulkUploadSettings(@DefaultValue("512MB") DataSize memoryBudget) {

  BulkUploadSettings {
    if (memoryBudget.toMegabytes() < 16) {
      throw new IllegalArgumentException(
          "darkroom.bulk-upload.memory-budget is " + memoryBudget + "; at least 16MB are needed");
    }
  }
}
