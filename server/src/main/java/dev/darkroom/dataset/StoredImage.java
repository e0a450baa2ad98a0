package dev.darkroom.dataset;

import dev.darkroom.image.ImageFormat;
import dev.darkroom.storage.ObjectKey;

/// Where the bytes of a visible image are, and what a browser is told of them.
record StoredImage(long id, ObjectKey key, String imageName, ImageFormat format, String sha256) {

  ObjectKey key(Variant variant) {
    return key.variant(variant.toString());
  }

  String mediaType(Variant variant) {
    return format(variant).mediaType();
  }

  /// A strong tag: the bytes of neither form ever change.
  String etag(Variant variant) {
    return switch (variant) {
      case ORIGINAL -> "\"" + sha256 + "\"";
      case THUMBNAIL -> "\"" + sha256 + "-thumbnail\"";
    };
  }

  /// A name to save the bytes under: the last part of the image's own, with the ending of what they
  /// are.
  String fileName(Variant variant) {
    var name =
        imageName.substring(imageName.lastIndexOf('/') + 1).replaceAll("[\\p{Cc}\"\\\\]", "_");
    return switch (variant) {
      case ORIGINAL -> name;
      case THUMBNAIL -> name + "." + format(variant).wireName();
    };
  }

  private ImageFormat format(Variant variant) {
    return switch (variant) {
      case ORIGINAL -> format;
      case THUMBNAIL -> ImageFormat.JPEG;
    };
  }
}
