package dev.darkroom.decoder;

import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.darkroom.decoder.VipsOperations.BytesCall;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The savers of libvips. What they write has no metadata: no position, no profile, no orientation.
final class VipsSavers {

  private static final int KEEP_NONE = 0;
  private static final int YES = 1;

  private static final MemorySegment QUALITY = Vips.text("Q");

  private final MemorySegment keep;
  private final int keepNothing;
  private final MethodHandle jpegsave;
  private final MethodHandle pngsave;

  VipsSavers(Vips vips) {
    boolean renamed = vips.isAtLeast(8, 15);
    this.keep = Vips.text(renamed ? "keep" : "strip");
    this.keepNothing = renamed ? KEEP_NONE : YES;
    this.jpegsave =
        vips.variadic(
            "vips_jpegsave_buffer",
            3,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS);
    this.pngsave =
        vips.variadic(
            "vips_pngsave_buffer", 3, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
  }

  /// From a quality of 90 on the colours have the resolution of the brightness.
  BytesCall jpeg(VipsImage image, int quality) {
    return (memory, length) ->
        (int)
            jpegsave.invokeExact(
                image.address(), memory, length, QUALITY, quality, keep, keepNothing, NULL);
  }

  BytesCall png(VipsImage image) {
    return (memory, length) ->
        (int) pngsave.invokeExact(image.address(), memory, length, keep, keepNothing, NULL);
  }
}
