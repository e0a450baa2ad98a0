package dev.darkroom.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.darkroom.failure.FailureException;
import java.lang.foreign.MemorySegment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes renditions of images that an [ImageInspector] has accepted before. Safe for use by many
/// threads at once, and blocks while it decodes.
///
/// The size limits are not asked again: what was accepted stays so, whatever the limits are today.
public final class ImageRenderer {

  private static final Logger log = LoggerFactory.getLogger(ImageRenderer.class);

  private final Decoder decoder;

  public ImageRenderer(Decoder decoder) {
    this.decoder = decoder;
  }

  /// The image as a JPEG in sRGB, upright, of `longSide` pixels on its long side, or as large as it
  /// is where it is smaller. Transparent pixels are black. `image` stays the caller's.
  ///
  /// @param longSide at most [Decoder#MAX_LONG_SIDE]
  /// @throws FailureException with an [ImageFailure] where the bytes are not those that were
  ///   accepted: what keeps them has lost some
  public byte[] jpeg(MemorySegment image, int longSide) {
    if (longSide < 1 || longSide > Decoder.MAX_LONG_SIDE) {
      throw new IllegalArgumentException("a long side of " + longSide);
    }
    return switch (decoder.decode(image, header(image), longSide)) {
      case Decoding.Decoded(var rendition, _) -> rendition.toArray(JAVA_BYTE);
      case Decoding.Damaged(var detail) ->
          throw new FailureException(new ImageFailure.Corrupt(DecoderMessage.sanitize(detail)));
      case Decoding.Fatal(var detail) -> {
        log.warn(
            "image.decoder-failed: a rendition of {} bytes: {}",
            image.byteSize(),
            DecoderMessage.sanitize(detail));
        throw new FailureException(new ImageFailure.DecoderFailed());
      }
    };
  }

  /// A decoder is told nothing that the file's structure does not bear out.
  private static ImageHeader header(MemorySegment image) {
    var format =
        FileSignature.format(image)
            .orElseThrow(() ->
                new FailureException(
                    new ImageFailure.UnsupportedFormat(FileSignature.describe(image))));
    var parsed = ParsedImage.of(format, image);
    if (parsed.structure().flaw() != null) {
      throw new FailureException(parsed.structure().flaw());
    }
    return parsed.header();
  }
}
