package dev.darkroom.contactsheet;

import java.util.Locale;

/// Which images of a dataset are looked at, by what becomes of their captions.
enum CaptionFilter {
  ALL,
  MISSING,
  /// Written by a captioner under another visual schema than the dataset's.
  OUTDATED,
  MANUAL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
