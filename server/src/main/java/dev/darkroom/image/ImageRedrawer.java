package dev.darkroom.image;

import dev.darkroom.failure.FailureException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Draws images anew that an [ImageInspector] has accepted. Safe for use by many threads at once,
/// and blocks while it draws.
public final class ImageRedrawer {

  private static final Logger log = LoggerFactory.getLogger(ImageRedrawer.class);

  private final Redrawer redrawer;

  public ImageRedrawer(Redrawer redrawer) {
    this.redrawer = redrawer;
  }

  /// The picture in a new file: a JPEG where the image is one, else a PNG. `image` stays the
  /// caller's.
  ///
  /// @param memory room for [Redraw#roomInBytes], which may be asked from another thread
  /// @throws FailureException with an [ImageFailure]
  public MemorySegment redraw(
      MemorySegment image, ImageHeader header, Redraw redraw, SegmentAllocator memory) {
    return switch (redrawer.redraw(image, header, redraw, memory)) {
      case Redrawing.Redrawn(var file) -> file;
      case Redrawing.TooLarge(long bytes) ->
          throw new FailureException(new ImageFailure.RedrawnTooLarge(bytes, redraw.maxBytes()));
      case Decoding.Damaged(var detail) ->
          throw new FailureException(new ImageFailure.Corrupt(DecoderMessage.sanitize(detail)));
      case Decoding.Fatal(var detail) -> {
        log.warn(
            "image.decoder-failed: {} x {} anew from {} bytes: {}",
            redraw.width(),
            redraw.height(),
            image.byteSize(),
            DecoderMessage.sanitize(detail));
        throw new FailureException(new ImageFailure.DecoderFailed());
      }
    };
  }
}
