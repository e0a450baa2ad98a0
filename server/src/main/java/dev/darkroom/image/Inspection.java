package dev.darkroom.image;

import java.lang.foreign.MemorySegment;
import java.util.Map;

/// The verdict on one image file.
public sealed interface Inspection {

  /// The image is fit for a dataset.
  ///
  /// @param thumbnail a JPEG in sRGB, upright, at most 512 pixels on its long side
  /// @param perceptualHash a 64-bit difference hash of the upright picture
  /// @param exif facts of the camera and the exposure, by EXIF tag name in snake_case; empty where
  ///   there are none
  record Accepted(
      ImageHeader header, MemorySegment thumbnail, long perceptualHash, Map<String, Object> exif)
      implements Inspection {

    public Accepted {
      exif = Map.copyOf(exif);
    }
  }

  /// The image fails, with the reason for the report.
  record Rejected(ImageFailure failure) implements Inspection {}
}
