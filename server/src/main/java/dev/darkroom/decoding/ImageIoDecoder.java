package dev.darkroom.decoding;

import dev.darkroom.image.Decoding;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.image.ImageHeader;
import dev.darkroom.image.Redraw;
import dev.darkroom.image.Redrawing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/// Decodes with ImageIO and the TwelveMonkeys readers, in this process: for machines without
/// libvips. Slower, it finds less damage, and nothing stops a decoder that hangs. Safe for use by
/// many threads at once; they take turns when their images together would fill the heap.
final class ImageIoDecoder implements ImageDecoder {

  private static final float QUALITY = 0.8f;

  /// Of an image that takes the place of the original.
  private static final float REDRAWN_QUALITY = 0.95f;

  /// The longest side that libjpeg writes.
  private static final int MAX_JPEG_SIDE = 65_500;

  /// An image of more pixels is read with every second, third, ... of them; all are decoded, but
  /// only as many as this are kept.
  private static final long MAX_KEPT_PIXELS = 16_000_000;

  /// A sample of 16 bits in each of four bands.
  private static final int MAX_BYTES_PER_PIXEL = 8;

  /// A pixel as it is read, opaque, in sRGB, upright, and as it is written.
  private static final int REDRAWN_BYTES_PER_PIXEL = 24;

  private static final int PERMIT_BYTES = 1 << 20;

  /// The reader of WebP keeps the whole picture, whatever it is asked for.
  private static final int WEBP_BYTES_PER_PIXEL = 4;

  private static final long MAX_HEAP = Runtime.getRuntime().maxMemory() / 2;

  private static final Decoding.Fatal HEAP_TOO_SMALL =
      new Decoding.Fatal("the heap is too small for its picture as a whole");

  private final int heapPermits = Math.clamp(MAX_HEAP / PERMIT_BYTES, 1, 1 << 16);
  private final Semaphore heap = new Semaphore(heapPermits, true);

  @Override
  public Decoding decode(MemorySegment image, ImageHeader header, int longSide) {
    if (header.format() == ImageFormat.WEBP && pixels(header) * WEBP_BYTES_PER_PIXEL > MAX_HEAP) {
      return HEAP_TOO_SMALL;
    }
    long pixels = pixels(header);
    long kept = header.format() == ImageFormat.WEBP ? pixels : Math.min(pixels, MAX_KEPT_PIXELS);
    int permits = permits(kept * MAX_BYTES_PER_PIXEL);
    heap.acquireUninterruptibly(permits);
    try {
      return decodeWithin(image, header, longSide);
    } catch (OutOfMemoryError | StackOverflowError e) {
      return new Decoding.Fatal(e.toString());
    } finally {
      heap.release(permits);
    }
  }

  @Override
  public Redrawing redraw(
      MemorySegment image, ImageHeader header, Redraw redraw, SegmentAllocator memory) {
    long pixels = pixels(header) + (long) redraw.width() * redraw.height();
    if (pixels * REDRAWN_BYTES_PER_PIXEL > MAX_HEAP) return HEAP_TOO_SMALL;
    int permits = permits(pixels * REDRAWN_BYTES_PER_PIXEL);
    heap.acquireUninterruptibly(permits);
    try {
      return redrawWithin(image, header, redraw, memory);
    } catch (OutOfMemoryError | StackOverflowError e) {
      return new Decoding.Fatal(e.toString());
    } finally {
      heap.release(permits);
    }
  }

  private int permits(long bytes) {
    return Math.clamp(bytes / PERMIT_BYTES, 1, heapPermits);
  }

  private static Decoding decodeWithin(MemorySegment image, ImageHeader header, int longSide) {
    var damage = new DamageListener();
    BufferedImage decoded;
    try {
      decoded = read(image, header, step(header), damage);
    } catch (IOException | RuntimeException e) {
      return damaged(e);
    }
    return damage
        .first()
        .<Decoding>map(Decoding.Damaged::new)
        .orElseGet(() -> {
          var upright = upright(image, header, decoded, longSide);
          byte[] jpeg = PictureFile.jpeg(PictureFile.of(upright), QUALITY);
          return new Decoding.Decoded(MemorySegment.ofArray(jpeg), upright.differenceHash());
        });
  }

  private static Redrawing redrawWithin(
      MemorySegment image, ImageHeader header, Redraw redraw, SegmentAllocator memory) {
    var damage = new DamageListener();
    BufferedImage decoded;
    try {
      decoded = read(image, header, 1, damage);
    } catch (IOException | RuntimeException e) {
      return damaged(e);
    }
    return damage
        .first()
        .<Redrawing>map(Decoding.Damaged::new)
        .orElseGet(() -> {
          var upright = upright(image, header, decoded, storedLongSide(header));
          byte[] file =
              file(header, PictureFile.enlarged(upright, redraw.width(), redraw.height()));
          return file.length > redraw.roomInBytes()
              ? new Redrawing.TooLarge(file.length)
              : new Redrawing.Redrawn(
                  memory.allocate(file.length).copyFrom(MemorySegment.ofArray(file)));
        });
  }

  private static byte[] file(ImageHeader header, BufferedImage drawn) {
    boolean isJpeg =
        header.format() == ImageFormat.JPEG
            && Math.max(drawn.getWidth(), drawn.getHeight()) <= MAX_JPEG_SIDE;
    return isJpeg ? PictureFile.jpeg(drawn, REDRAWN_QUALITY) : PictureFile.png(drawn);
  }

  /// Readers answer damage with whatever exception it leads them into.
  private static Decoding.Damaged damaged(Exception e) {
    return new Decoding.Damaged(Objects.requireNonNullElse(e.getMessage(), ""));
  }

  private static Picture upright(
      MemorySegment image, ImageHeader header, BufferedImage decoded, int longSide) {
    var small = reduced(decoded, header, longSide);
    return ColourProfile.of(image, header.format(), decoded)
        .toSrgb(small)
        .upright(header.orientation());
  }

  private static BufferedImage read(
      MemorySegment image, ImageHeader header, int step, DamageListener damage) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(header.format().wireName()).next();
    try (var input = new SegmentImageInputStream(image)) {
      reader.addIIOReadWarningListener(damage);
      reader.setInput(input, true, true);
      var parameters = reader.getDefaultReadParam();
      parameters.setSourceSubsampling(step, step, 0, 0);
      return reader.read(0, parameters);
    } finally {
      reader.dispose();
    }
  }

  private static int step(ImageHeader header) {
    return (int) Math.ceil(Math.sqrt((double) pixels(header) / MAX_KEPT_PIXELS));
  }

  private static long pixels(ImageHeader header) {
    return (long) header.storedWidth() * header.storedHeight();
  }

  private static int storedLongSide(ImageHeader header) {
    return Math.max(header.storedWidth(), header.storedHeight());
  }

  private static Picture reduced(BufferedImage decoded, ImageHeader header, int longSide) {
    double scale = Math.min(1.0, (double) longSide / storedLongSide(header));
    return AreaReduction.reduce(
        decoded.getWidth(),
        decoded.getHeight(),
        new DecodedRows(decoded),
        (int) Math.max(1, Math.round(scale * header.storedWidth())),
        (int) Math.max(1, Math.round(scale * header.storedHeight())));
  }
}
