package dev.darkroom.bulkupload;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Where a bulk upload stands, for those who wait for it.
enum BulkUploadState {
  /// Accepted; the plan has not begun.
  PENDING,
  PROCESSING,
  /// Final: every image is settled, and those that passed are in the dataset.
  COMPLETED,
  /// Final: the upload failed as a whole, and the dataset holds nothing of it.
  FAILED;

  boolean isFinal() {
    return this == COMPLETED || this == FAILED;
  }

  @JsonValue
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static BulkUploadState of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
