package dev.darkroom.decoder;

import dev.darkroom.decoder.Request.Wanted;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Locale;

/// Decodes every pixel of an image with libvips, and makes its rendition, such as a thumbnail, and
/// its hash; or draws it anew as a whole. Works on one image at a time, in the whole process:
/// whatever libvips warns of is that image's.
public final class Thumbnailer {

  private static final int QUALITY = 80;

  /// Of an image that takes the place of the original.
  private static final int WHOLE_QUALITY = 95;

  /// The longest side that libjpeg writes.
  private static final int MAX_JPEG_SIDE = 65_500;

  private static final int BLOCK = 8;
  private static final int MAX_DETAIL = 300;

  private final Vips vips;
  private final VipsOperations operations;
  private final VipsLoaders loaders;
  private final VipsSavers savers;

  /// Loads libvips into this process.
  public static Thumbnailer load(VipsLocation location) throws VipsUnavailableException {
    return new Thumbnailer(Vips.load(location));
  }

  Thumbnailer(Vips vips) {
    this.vips = vips;
    this.operations = new VipsOperations(vips);
    this.loaders = new VipsLoaders(vips, operations);
    this.savers = new VipsSavers(vips);
  }

  /// What it decodes with, for people to read.
  public String library() {
    return "libvips %s (%s)".formatted(vips.version(), vips.path());
  }

  /// Decodes `image`, which must lie outside the heap: [Reply.Decoded] or, where it is to be drawn
  /// anew, [Reply.Redrawn] or [Reply.TooLarge]; [Reply.Damaged], or [Reply.Fault] where there is no
  /// memory for it.
  ///
  /// @param lifetime of a redrawn image
  public Reply decode(Request request, MemorySegment image, Arena lifetime) {
    String _ = vips.takeError();
    List<String> _ = vips.takeWarnings();
    Reply reply;
    try {
      reply =
          switch (request.wanted()) {
            case Wanted.Rendition(int longSide) -> rendition(request, image, longSide);
            case Wanted.Whole whole -> redrawn(request, image, whole, lifetime);
          };
    } catch (VipsException e) {
      return refusal(String.valueOf(e.getMessage()));
    }
    // The loaders tell some damage only once they are closed, as a warning.
    var warnings = new Warnings(vips.takeWarnings());
    return warnings.tellOfDamage() ? refusal(warnings.text()) : reply;
  }

  /// Out of memory is not the image's fault, as far as this process can tell.
  private static Reply refusal(String text) {
    String detail = text.strip().replaceAll("\\s+", " ");
    if (detail.isEmpty()) return new Reply.Damaged("the loader failed without a reason");
    detail = detail.substring(0, Math.min(detail.length(), MAX_DETAIL));
    String lower = detail.toLowerCase(Locale.ROOT);
    boolean memory = lower.contains("out of memory") || lower.contains("insufficient memory");
    return memory ? new Reply.Fault(detail) : new Reply.Damaged(detail);
  }

  private Reply rendition(Request request, MemorySegment image, int longSide) throws VipsException {
    try (var loaded = load(request, image, longSide);
        var opaque = operations.opaque(loaded);
        var oriented = operations.oriented(opaque, request.orientation());
        var small = operations.thumbnail(oriented, longSide);
        var srgb = operations.toSrgb(small);
        var pixels = operations.inMemory(srgb)) {
      var jpeg = MemorySegment.ofArray(operations.bytes(savers.jpeg(pixels, QUALITY)));
      return new Reply.Decoded(hash(pixels), jpeg);
    }
  }

  private Reply redrawn(Request request, MemorySegment image, Wanted.Whole whole, Arena lifetime)
      throws VipsException {
    int longSide = Math.max(request.width(), request.height());
    try (var loaded = load(request, image, longSide);
        var opaque = operations.opaque(loaded);
        var oriented = operations.oriented(opaque, request.orientation());
        var drawn = operations.drawn(oriented, whole.width(), whole.height());
        var srgb = operations.toSrgb(drawn)) {
      boolean isJpeg =
          request.format() == EncodedFormat.JPEG
              && Math.max(whole.width(), whole.height()) <= MAX_JPEG_SIDE;
      var call = isJpeg ? savers.jpeg(srgb, WHOLE_QUALITY) : savers.png(srgb);
      var file = operations.segment(call, lifetime);
      return file.byteSize() > whole.maxBytes()
          ? new Reply.TooLarge(file.byteSize())
          : new Reply.Redrawn(file);
    }
  }

  private VipsImage load(Request request, MemorySegment image, int longSide) throws VipsException {
    int width = request.width();
    int height = request.height();
    return switch (request.format()) {
      case JPEG -> loaders.jpegload(image, jpegShrink(width, height, longSide));
      case PNG -> loaders.pngload(image);
      case WEBP -> loaders.webpload(image, webpScale(width, height, longSide));
    };
  }

  private static double webpScale(int width, int height, int longSide) {
    return Math.min(1.0, (double) longSide / Math.max(width, height));
  }

  /// The largest of libjpeg's reductions that leaves no less than the rendition needs, and no row
  /// of blocks unread: libvips rounds the reduced height down, so that the last block of 8 rows is
  /// never looked at, nor its damage found, when it holds fewer rows than one of the reduced.
  static int jpegShrink(int width, int height, int longSide) {
    int rowsOfLastBlock = (height - 1) % BLOCK + 1;
    int shrink = BLOCK;
    while (shrink > 1
        && (Math.max(width, height) / shrink < longSide || rowsOfLastBlock < shrink)) {
      shrink /= 2;
    }
    return shrink;
  }

  private long hash(VipsImage pixels) throws VipsException {
    try (var cells = operations.squeezed(pixels, DifferenceHash.COLUMNS, DifferenceHash.ROWS)) {
      return DifferenceHash.ofCells(operations.pixels(cells));
    }
  }
}
