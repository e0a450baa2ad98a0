package dev.darkroom.decoder;

import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The loaders of libvips. They read from top to bottom as the pixels are asked for, from memory
/// that must outlive the image, and fail on damage.
final class VipsLoaders {

  private static final int ACCESS_SEQUENTIAL = 1;
  private static final int FAIL_ON_ERROR = 2;

  private static final MemorySegment ACCESS = Vips.text("access");
  private static final MemorySegment FAIL_ON = Vips.text("fail_on");
  private static final MemorySegment SHRINK = Vips.text("shrink");
  private static final MemorySegment SCALE = Vips.text("scale");

  private final VipsOperations operations;
  private final MethodHandle jpegload;
  private final MethodHandle pngload;
  private final MethodHandle webpload;

  VipsLoaders(Vips vips, VipsOperations operations) {
    this.operations = operations;
    this.jpegload =
        vips.variadic(
            "vips_jpegload_buffer",
            3,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS);
    this.pngload =
        vips.variadic(
            "vips_pngload_buffer",
            3,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS);
    this.webpload =
        vips.variadic(
            "vips_webpload_buffer",
            3,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_DOUBLE,
            ADDRESS);
  }

  /// Decodes at 1/`shrink` of the size; 1, 2, 4 or 8.
  VipsImage jpegload(MemorySegment bytes, int shrink) throws VipsException {
    return operations.image(out ->
        (int)
            jpegload.invokeExact(
                bytes,
                bytes.byteSize(),
                out,
                ACCESS,
                ACCESS_SEQUENTIAL,
                FAIL_ON,
                FAIL_ON_ERROR,
                SHRINK,
                shrink,
                NULL));
  }

  VipsImage pngload(MemorySegment bytes) throws VipsException {
    return operations.image(out ->
        (int)
            pngload.invokeExact(
                bytes,
                bytes.byteSize(),
                out,
                ACCESS,
                ACCESS_SEQUENTIAL,
                FAIL_ON,
                FAIL_ON_ERROR,
                NULL));
  }

  VipsImage webpload(MemorySegment bytes, double scale) throws VipsException {
    return operations.image(out ->
        (int)
            webpload.invokeExact(
                bytes,
                bytes.byteSize(),
                out,
                ACCESS,
                ACCESS_SEQUENTIAL,
                FAIL_ON,
                FAIL_ON_ERROR,
                SCALE,
                scale,
                NULL));
  }
}
