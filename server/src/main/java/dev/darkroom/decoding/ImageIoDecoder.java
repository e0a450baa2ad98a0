package dev.darkroom.decoding;

import dev.darkroom.image.Decoder;
import dev.darkroom.image.Decoding;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.image.ImageHeader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Decodes with ImageIO and the TwelveMonkeys readers, in this process: for machines without
/// libvips. Slower, it finds less damage, and nothing stops a decoder that hangs. Safe for use by
/// many threads at once; they take turns when their images together would fill the heap.
final class ImageIoDecoder implements Decoder {

  private static final float QUALITY = 0.8f;

  /// An image of more pixels is read with every second, third, ... of them; all are decoded, but
  /// only as many as this are kept.
  private static final long MAX_KEPT_PIXELS = 16_000_000;

  /// A sample of 16 bits in each of four bands.
  private static final int MAX_BYTES_PER_PIXEL = 8;

  private static final int PERMIT_BYTES = 1 << 20;

  /// The reader of WebP keeps the whole picture, whatever it is asked for.
  private static final int WEBP_BYTES_PER_PIXEL = 4;

  private static final long MAX_HEAP = Runtime.getRuntime().maxMemory() / 2;

  private final int heapPermits = Math.clamp(MAX_HEAP / PERMIT_BYTES, 1, 1 << 16);
  private final Semaphore heap = new Semaphore(heapPermits, true);

  @Override
  public Decoding decode(MemorySegment image, ImageHeader header, int longSide) {
    if (header.format() == ImageFormat.WEBP && pixels(header) * WEBP_BYTES_PER_PIXEL > MAX_HEAP) {
      return new Decoding.Fatal("the heap is too small for its picture as a whole");
    }
    int permits = heapPermits(header);
    heap.acquireUninterruptibly(permits);
    try {
      return decodeWithin(image, header, longSide);
    } catch (OutOfMemoryError | StackOverflowError e) {
      return new Decoding.Fatal(e.toString());
    } finally {
      heap.release(permits);
    }
  }

  private int heapPermits(ImageHeader header) {
    long pixels = pixels(header);
    long kept = header.format() == ImageFormat.WEBP ? pixels : Math.min(pixels, MAX_KEPT_PIXELS);
    return Math.clamp(kept * MAX_BYTES_PER_PIXEL / PERMIT_BYTES, 1, heapPermits);
  }

  private Decoding decodeWithin(MemorySegment image, ImageHeader header, int longSide) {
    BufferedImage decoded;
    var damage = new DamageListener();
    try {
      decoded = read(image, header, damage);
    } catch (IOException | RuntimeException e) {
      // Readers answer damage with whatever exception it leads them into.
      return new Decoding.Damaged(Objects.requireNonNullElse(e.getMessage(), ""));
    }
    return damage
        .first()
        .<Decoding>map(Decoding.Damaged::new)
        .orElseGet(() -> {
          var small = reduced(decoded, header, longSide);
          var colours = ColourProfile.of(image, header.format(), decoded);
          var upright = colours.toSrgb(small).upright(header.orientation());
          return new Decoding.Decoded(jpeg(upright), upright.differenceHash());
        });
  }

  private static BufferedImage read(MemorySegment image, ImageHeader header, DamageListener damage)
      throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(header.format().wireName()).next();
    try (var input = new SegmentImageInputStream(image)) {
      reader.addIIOReadWarningListener(damage);
      reader.setInput(input, true, true);
      var parameters = reader.getDefaultReadParam();
      int step = step(header);
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

  private static Picture reduced(BufferedImage decoded, ImageHeader header, int longSide) {
    int storedLongSide = Math.max(header.storedWidth(), header.storedHeight());
    double scale = Math.min(1.0, (double) longSide / storedLongSide);
    return AreaReduction.reduce(
        decoded.getWidth(),
        decoded.getHeight(),
        new DecodedRows(decoded),
        (int) Math.max(1, Math.round(scale * header.storedWidth())),
        (int) Math.max(1, Math.round(scale * header.storedHeight())));
  }

  private static MemorySegment jpeg(Picture picture) {
    var image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, picture.width(), picture.height(), picture.rgb(), 0, picture.width());
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var bytes = new ByteArrayOutputStream();
    try (var output = new MemoryCacheImageOutputStream(bytes)) {
      var parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(output);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    } finally {
      writer.dispose();
    }
    return MemorySegment.ofArray(bytes.toByteArray());
  }
}
