package dev.darkroom.stagedupload;

import java.util.Locale;

/// What becomes of a staged upload.
public enum StagedUploadState {
  /// Bytes may come, and once all are there a bulk upload may take it.
  OPEN,
  /// A bulk upload reads it.
  USED,
  /// That bulk upload is final; the bytes are given up.
  SPENT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
