package dev.darkroom.bulkupload;

import java.util.Locale;

/// Which copies among an upload's images are left out.
public enum Deduplication {
  NONE,
  /// Files with the same bytes.
  EXACT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
