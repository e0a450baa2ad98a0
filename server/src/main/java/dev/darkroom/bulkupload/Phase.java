package dev.darkroom.bulkupload;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// The earliest step of a bulk upload that is not finished.
enum Phase {
  WAITING,
  /// The archive's directory is read and the entries are planned.
  READING,
  /// Images are read, checked and stored.
  INGESTING,
  MODERATING,
  CAPTIONING,
  FINISHED;

  @JsonValue
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Phase of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
