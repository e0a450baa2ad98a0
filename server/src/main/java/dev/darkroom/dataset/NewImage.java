package dev.darkroom.dataset;

import dev.darkroom.image.ImageFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An image that a bulk upload has checked and stored.
///
/// @param imageName the entry's path in the archive
/// @param caption the text that the archive provides for it
/// @param facts what its bytes say
public record NewImage(
    long datasetId,
    long bulkUploadId,
    int ordinal,
    long storedObjectId,
    String imageName,
    @Nullable String caption,
    Facts facts) {

  /// This image, with the text for a caption where it has none of its own.
  public NewImage orCaption(String text) {
    if (caption != null) return this;
    return new NewImage(datasetId, bulkUploadId, ordinal, storedObjectId, imageName, text, facts);
  }

  /// What the original bytes of an image say.
  ///
  /// @param width in pixels, of the upright picture, as is the height
  /// @param sha256 in hexadecimal
  /// @param crc32 unsigned
  /// @param exif by EXIF tag name in snake_case
  public record Facts(
      int width,
      int height,
      ImageFormat format,
      long sizeBytes,
      String sha256,
      long crc32,
      long perceptualHash,
      boolean hadAlpha,
      Map<String, Object> exif) {

    public Facts {
      exif = Map.copyOf(exif);
    }
  }
}
