package dev.darkroom.dataset;

import java.util.Locale;

/// The stored forms of an image, named as in its object keys.
enum Variant {
  ORIGINAL,
  THUMBNAIL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
