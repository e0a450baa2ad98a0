package dev.darkroom.dataset;

import dev.darkroom.image.ImageFormat;
import dev.darkroom.image.Inspection;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
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

  /// What the bytes of an image say.
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

    /// Those of an image that was accepted.
    public static Facts of(Inspection.Accepted accepted, MemorySegment image) {
      var header = accepted.header();
      return new Facts(
          header.width(),
          header.height(),
          header.format(),
          image.byteSize(),
          sha256(image),
          crc32(image),
          accepted.perceptualHash(),
          header.hasAlpha(),
          accepted.exif());
    }

    /// These, except for what only the file said that the image was made of.
    public Facts madeOf(Inspection.Accepted original) {
      return new Facts(
          width,
          height,
          format,
          sizeBytes,
          sha256,
          crc32,
          perceptualHash,
          original.header().hasAlpha(),
          original.exif());
    }

    private static long crc32(MemorySegment bytes) {
      var crc = new CRC32();
      crc.update(bytes.asByteBuffer());
      return crc.getValue();
    }

    private static String sha256(MemorySegment bytes) {
      try {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update(bytes.asByteBuffer());
        return HexFormat.of().formatHex(digest.digest());
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every Java platform has SHA-256", impossible);
      }
    }
  }
}
