package dev.darkroom.bulkupload;

import java.util.Locale;

/// Where a bulk upload stands, for those who wait for it.
public enum BulkUploadState {
  /// Accepted; the plan has not begun.
  PENDING,
  PROCESSING,
  /// Final: every image is settled, and those that passed are in the dataset.
  COMPLETED,
  /// Final: the upload failed as a whole, and the dataset holds nothing of it.
  FAILED;

  public boolean isFinal() {
    return this == COMPLETED || this == FAILED;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
