package dev.darkroom.bulkupload;

import java.util.Locale;

/// The earliest step of a bulk upload that is not finished.
public enum Phase {
  WAITING,
  /// The archive's directory is read and the entries are planned.
  READING,
  /// Images are read, checked and stored.
  INGESTING,
  MODERATING,
  CAPTIONING,
  FINISHED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
