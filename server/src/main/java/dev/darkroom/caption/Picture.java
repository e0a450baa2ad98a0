package dev.darkroom.caption;

import java.io.IOException;
import java.util.Map;

/// A picture as a captioner sees it: upright, in sRGB, in the size that it asks for.
public interface Picture {

  /// Of the upright original, in pixels.
  int width();

  /// Of the upright original, in pixels.
  int height();

  /// Facts of the camera and the exposure, by EXIF tag name in snake_case; empty where there are
  /// none.
  Map<String, Object> exif();

  /// The picture as a JPEG whose long side is `longSide` pixels, or fewer where the original has
  /// fewer. Up to 512 it is the stored thumbnail, which costs nothing; above, it is made anew.
  ///
  /// @throws IOException where the store is out
  byte[] jpeg(int longSide) throws IOException;
}
