package dev.darkroom.basicupload;

import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.basicupload.BasicUploadFailure.TooNarrow;
import dev.darkroom.dataset.NewImage.Facts;
import dev.darkroom.failure.FailureException;
import dev.darkroom.image.Decoder;
import dev.darkroom.image.ImageHeader;
import dev.darkroom.image.ImageInspector;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.image.ImageRedrawer;
import dev.darkroom.image.Inspection;
import dev.darkroom.image.Redraw;
import dev.darkroom.memory.NodeMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Makes of an image as it came the one that is stored. An image that is large enough and opaque
/// stays as it is, to the byte; any other is drawn anew. Safe for use by many threads at once.
@Component
final class Preparation {

  /// Below this no upscaling makes an image of use.
  private static final int MIN_UPSCALED_DIMENSION = 256;

  private static final int ANY_DIMENSION = 1;

  private final ImageInspector inspector;
  private final ImageInspector upscaling;
  private final ImageInspector trusting;
  private final ImageRedrawer redrawer;
  private final NodeMemory memory;
  private final ImageLimits limits;
  private final int maxBytes;

  Preparation(
      Decoder decoder,
      ImageInspector inspector,
      ImageRedrawer redrawer,
      NodeMemory memory,
      ImageLimits limits,
      ArchiveLimits archiveLimits) {
    this.inspector = inspector;
    int least = Math.min(MIN_UPSCALED_DIMENSION, limits.minDimension());
    this.upscaling = new ImageInspector(decoder, new ImageLimits(limits.maxPixels(), least));
    this.trusting = new ImageInspector(decoder, new ImageLimits(limits.maxPixels(), ANY_DIMENSION));
    this.redrawer = redrawer;
    this.memory = memory;
    this.limits = limits;
    this.maxBytes = archiveLimits.maxEntryBytes();
  }

  /// What is made of an image while it is in memory.
  @FunctionalInterface
  interface Use<T> {
    T of(PreparedImage image) throws IOException, InterruptedException;
  }

  /// Checks the image, which stays the caller's, and gives what `use` makes of the one to store.
  ///
  /// @throws FailureException where it is not fit for a dataset
  <T> T prepare(MemorySegment image, boolean upscale, Use<T> use)
      throws IOException, InterruptedException {
    var original = accepted((upscale ? upscaling : inspector).inspect(image));
    var redraw = redraw(original.header());
    return redraw.isEmpty()
        ? use.of(new PreparedImage(image, original.thumbnail(), Facts.of(original, image)))
        : redrawn(image, original, redraw.get(), use);
  }

  private <T> T redrawn(
      MemorySegment image, Inspection.Accepted original, Redraw redraw, Use<T> use)
      throws IOException, InterruptedException {
    try (var arena = memory.redrawn().open(redraw.roomInBytes())) {
      var file = redrawer.redraw(image, original.header(), redraw, arena);
      var drawn = accepted(trusting.inspect(file));
      var facts = Facts.of(drawn, file).madeOf(original);
      return use.of(new PreparedImage(file, drawn.thumbnail(), facts));
    }
  }

  private static Inspection.Accepted accepted(Inspection inspection) {
    return switch (inspection) {
      case Inspection.Accepted accepted -> accepted;
      case Inspection.Rejected(var failure) -> throw new FailureException(failure);
    };
  }

  /// How to draw the image anew; none where it can stay as it is.
  private Optional<Redraw> redraw(ImageHeader header) {
    int shortSide = Math.min(header.width(), header.height());
    int least = limits.minDimension();
    if (shortSide >= least) {
      return header.hasAlpha()
          ? Optional.of(redraw(header.width(), header.height()))
          : Optional.empty();
    }
    double scale = (double) least / shortSide;
    return Optional.of(
        redraw(Math.round(header.width() * scale), Math.round(header.height() * scale)));
  }

  private Redraw redraw(long width, long height) {
    if (width * height > limits.maxPixels()) {
      throw new FailureException(new TooNarrow(width, height, limits.maxPixels()));
    }
    return new Redraw(Math.toIntExact(width), Math.toIntExact(height), maxBytes);
  }
}
