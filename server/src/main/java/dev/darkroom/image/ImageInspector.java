package dev.darkroom.image;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks one image file against every rule that concerns it alone. Safe for use by many threads at
/// once; what a file holds stays where it is, and only small pieces of it come onto the heap.
///
/// The rules go from what makes every later one pointless to what costs most, so that the first
/// that fails is the reason to show:
///
/// 1. the file is not empty;
/// 2. its content is JPEG, PNG or WebP;
/// 3. it holds one still image;
/// 4. the header's size is within the pixel limit, whatever else is wrong;
/// 5. its container is whole and undamaged, checked before the smallest size since a new copy of a
///    damaged file may measure otherwise;
/// 6. the upright picture is large enough;
/// 7. every pixel decodes.
public final class ImageInspector {

  private static final Logger log = LoggerFactory.getLogger(ImageInspector.class);

  private final Decoder decoder;
  private final ImageLimits limits;

  public ImageInspector(Decoder decoder, ImageLimits limits) {
    this.decoder = decoder;
    this.limits = limits;
  }

  /// Inspects `image`, which stays the caller's. Blocks while it is decoded.
  public Inspection inspect(MemorySegment image) {
    if (image.byteSize() == 0) {
      return new Inspection.Rejected(new ImageFailure.Empty());
    }
    return FileSignature.format(image)
        .map(format -> inspect(image, format))
        .orElseGet(() ->
            new Inspection.Rejected(
                new ImageFailure.UnsupportedFormat(FileSignature.describe(image))));
  }

  /// What there is to be shown of an image that [#inspect] has refused: that of one which is only
  /// too small. Every other is damaged, or was refused before it was known to be safe to decode.
  /// Blocks while it is decoded; whatever the decoder finds, the image stays refused for what it
  /// was.
  public Optional<MemorySegment> thumbnail(MemorySegment image, ImageFailure refused) {
    if (!(refused instanceof ImageFailure.TooSmall)) return Optional.empty();
    return FileSignature.format(image)
        .flatMap(format -> parse(image, format))
        .map(parsed -> decode(image, parsed.header(), parsed.exif()))
        .flatMap(inspection ->
            switch (inspection) {
              case Inspection.Accepted accepted -> Optional.of(accepted.thumbnail());
              case Inspection.Rejected _ -> Optional.empty();
            });
  }

  /// Inspects the first bytes of an image by the rules 1 to 6, as far as they tell; rule 5 for the
  /// bytes that are there. `head` stays the caller's.
  ///
  /// @param whole whether they are all of the image
  public HeadInspection inspectHead(MemorySegment head, boolean whole) {
    if (!whole && head.byteSize() < FileSignature.HEAD) return new HeadInspection.Undetermined();
    if (head.byteSize() == 0) return new HeadInspection.Rejected(new ImageFailure.Empty());
    return FileSignature.format(head)
        .map(format -> inspectHead(head, format, whole))
        .orElseGet(() ->
            new HeadInspection.Rejected(
                new ImageFailure.UnsupportedFormat(FileSignature.describe(head))));
  }

  private HeadInspection inspectHead(MemorySegment head, ImageFormat format, boolean whole) {
    Optional<ParsedImage> parsed = parse(head, format);
    if (parsed.isEmpty()) return new HeadInspection.Rejected(new ImageFailure.DecoderFailed());
    Structure structure = parsed.get().structure();
    boolean cut = !whole && structure.flaw() instanceof ImageFailure.Truncated;
    if (cut && !structure.animated() && !structure.pictureReached()) {
      return new HeadInspection.Undetermined();
    }
    return check(cut ? structure.withoutFlaw() : structure, parsed.get().header())
        .<HeadInspection>map(HeadInspection.Rejected::new)
        .orElseGet(HeadInspection.Fit::new);
  }

  private Inspection inspect(MemorySegment image, ImageFormat format) {
    Optional<ParsedImage> found = parse(image, format);
    if (found.isEmpty()) return new Inspection.Rejected(new ImageFailure.DecoderFailed());
    ParsedImage parsed = found.get();
    Optional<ImageFailure> failure = check(parsed.structure(), parsed.header());
    return failure.isPresent()
        ? new Inspection.Rejected(failure.get())
        : decode(image, parsed.header(), parsed.exif());
  }

  /// A file that finds a bug of ours costs itself, not the upload that it came with.
  private static Optional<ParsedImage> parse(MemorySegment image, ImageFormat format) {
    try {
      return Optional.of(ParsedImage.of(format, image));
    } catch (RuntimeException bug) {
      log.error(
          "image.decoder-failed: the structure of {} of {} bytes", format, image.byteSize(), bug);
      return Optional.empty();
    }
  }

  private Optional<ImageFailure> check(Structure structure, ImageHeader header) {
    if (structure.animated()) {
      return Optional.of(new ImageFailure.Animated(header.format()));
    }
    if (structure.pixels() > limits.maxPixels()) {
      return Optional.of(
          new ImageFailure.TooManyPixels(header.width(), header.height(), limits.maxPixels()));
    }
    if (structure.flaw() != null) {
      return Optional.of(structure.flaw());
    }
    if (Math.min(header.width(), header.height()) < limits.minDimension()) {
      return Optional.of(
          new ImageFailure.TooSmall(header.width(), header.height(), limits.minDimension()));
    }
    return Optional.empty();
  }

  private Inspection decode(MemorySegment image, ImageHeader header, Exif exif) {
    return switch (decoder.decode(image, header, Decoder.THUMBNAIL_SIDE)) {
      case Decoding.Decoded(var thumbnail, long perceptualHash) ->
          new Inspection.Accepted(header, thumbnail, perceptualHash, exif.facts());
      case Decoding.Damaged(var detail) ->
          new Inspection.Rejected(new ImageFailure.Corrupt(DecoderMessage.sanitize(detail)));
      case Decoding.Fatal(var detail) -> {
        log.warn(
            "image.decoder-failed: {} of {} x {}, {} bytes: {}",
            header.format(),
            header.storedWidth(),
            header.storedHeight(),
            image.byteSize(),
            DecoderMessage.sanitize(detail));
        yield new Inspection.Rejected(new ImageFailure.DecoderFailed());
      }
    };
  }
}
