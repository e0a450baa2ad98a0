package dev.darkroom.dataset;

import java.util.Locale;

/// How images come into a dataset: one by one, or as an archive.
public enum UploadType {
  BASIC,
  ADVANCED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
