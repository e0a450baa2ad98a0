package dev.darkroom.dataset;

import dev.darkroom.image.ImageFormat;
import dev.darkroom.storage.ObjectKey;

/// Where the bytes of a visible image are.
record StoredImage(long id, ObjectKey key, String imageName, ImageFormat format, String sha256) {

  LinkedFile file(Variant variant) {
    var gone = new DatasetFailure.ImageNotFound(id);
    return switch (variant) {
      case ORIGINAL ->
          new LinkedFile(
              key.original(), format, LinkedFile.name(imageName), "\"" + sha256 + "\"", gone);
      case THUMBNAIL -> LinkedFile.thumbnail(key, imageName, "\"" + sha256 + "-thumbnail\"", gone);
    };
  }
}
