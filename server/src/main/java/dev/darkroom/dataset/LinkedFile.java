package dev.darkroom.dataset;

import dev.darkroom.failure.Failure;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.storage.ObjectKey;

/// A picture in the store that a signed link opens, and what a browser is told of it.
///
/// @param key of the bytes
/// @param name to save the bytes under
/// @param etag a strong tag: the bytes never change
/// @param gone the failure where the store does not have them
public record LinkedFile(
    ObjectKey key, ImageFormat format, String name, String etag, Failure gone) {

  /// The thumbnail of an image.
  ///
  /// @param image the key of the image
  /// @param imageName its path in the archive
  public static LinkedFile thumbnail(ObjectKey image, String imageName, String etag, Failure gone) {
    var name = name(imageName) + "." + ImageFormat.JPEG.wireName();
    return new LinkedFile(image.thumbnail(), ImageFormat.JPEG, name, etag, gone);
  }

  /// The last part of an image's own name, without what a header cannot hold.
  static String name(String imageName) {
    return imageName.substring(imageName.lastIndexOf('/') + 1).replaceAll("[\\p{Cc}\"\\\\]", "_");
  }
}
