package dev.darkroom.dataset;

import dev.darkroom.caption.Picture;
import dev.darkroom.failure.FailureException;
import dev.darkroom.image.Decoder;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectNotFoundException;
import java.io.IOException;
import java.util.Map;

/// A picture whose bytes are in the object store.
///
/// @param width in pixels, of the upright picture, as is the height
record StoredPicture(
    long imageId,
    Original original,
    int width,
    int height,
    Map<String, Object> exif,
    Renditions renditions)
    implements Picture {

  /// The bytes as they came.
  ///
  /// @param key of the image; its variants have their own
  record Original(ObjectKey key, long sizeBytes) {}

  StoredPicture {
    exif = Map.copyOf(exif);
  }

  /// @throws FailureException where the image was deleted meanwhile, or where the store gives other
  ///   bytes than were accepted
  @Override
  public byte[] jpeg(int longSide) throws IOException {
    try {
      return Decoder.thumbnailWillDo(width, height, longSide)
          ? renditions.thumbnail(original)
          : renditions.render(original, longSide);
    } catch (ObjectNotFoundException e) {
      throw new FailureException(new DatasetFailure.ImageNotFound(imageId), e);
    }
  }
}
