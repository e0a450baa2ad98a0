package dev.darkroom.contactsheet;

import java.util.Locale;

/// An image on the sheet.
///
/// @param index its place in the list, from 0
/// @param thumbnail a link, as a path on this server
/// @param width in pixels, as is the height
record Cell(
    long id,
    int index,
    String name,
    CaptionMark mark,
    String thumbnail,
    int width,
    int height,
    long sizeBytes) {

  public String facts() {
    return String.format(Locale.ENGLISH, "%,d × %,d", width, height)
        + ", "
        + ImageFacts.size(sizeBytes);
  }
}
