package dev.darkroom.dataset;

import java.util.Locale;

/// Whether a dataset still changes.
public enum DatasetStatus {
  DRAFT,
  COMPLETED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
