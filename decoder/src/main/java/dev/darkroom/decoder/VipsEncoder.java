package dev.darkroom.decoder;

import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Encodes pixels with libvips, in this process: for making samples, never for what users send.
/// Safe for use by many threads, one at a time.
public final class VipsEncoder {

  /// What the pixels become before they are encoded.
  public enum Colour {
    /// As they are.
    PLAIN,
    /// Red, green and blue of 16 bits each.
    SIXTEEN_BIT,
    /// Ink, as libvips' own press profile has it, without that profile.
    CMYK,
    /// Ink, with its profile.
    CMYK_WITH_PROFILE,
    /// Display P3, with its profile.
    DISPLAY_P3
  }

  /// A picture, sample by sample.
  ///
  /// @param bands 1 grey, 2 grey and alpha, 3 red, green and blue, 4 those and alpha
  /// @param samples 8 bits each, rows from top to bottom
  public record Pixels(int width, int height, int bands, MemorySegment samples) {
    public Pixels {
      if (samples.byteSize() != (long) width * height * bands) {
        throw new IllegalArgumentException(samples.byteSize() + " samples");
      }
    }
  }

  private static final int UCHAR = 0;
  private static final int USHORT = 2;
  private static final int RGB16 = 25;
  private static final double LEVELS_OF_16_PER_8_BIT = 257.0;

  private static final MemorySegment INPUT_PROFILE = Vips.text("input_profile");
  private static final MemorySegment SRGB = Vips.text("srgb");
  private static final MemorySegment PROFILE_FIELD = Vips.text("icc-profile-data");

  private final Vips vips;
  private final VipsOperations operations;
  private final MethodHandle fromMemory;
  private final MethodHandle cast;
  private final MethodHandle linear;
  private final MethodHandle asSpace;
  private final MethodHandle transform;
  private final MethodHandle remove;
  private final MethodHandle write;

  private VipsEncoder(Vips vips) {
    this.vips = vips;
    this.operations = new VipsOperations(vips);
    this.fromMemory =
        vips.function(
            "vips_image_new_from_memory",
            FunctionDescriptor.of(
                ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    this.cast = vips.variadic("vips_cast", 3, ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
    this.linear =
        vips.variadic("vips_linear1", 4, ADDRESS, ADDRESS, JAVA_DOUBLE, JAVA_DOUBLE, ADDRESS);
    this.asSpace = vips.variadic("vips_copy", 2, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
    this.transform =
        vips.variadic(
            "vips_icc_transform", 3, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    this.remove =
        vips.function("vips_image_remove", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    this.write =
        vips.variadic("vips_image_write_to_buffer", 4, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  }

  /// An encoder with the libvips of `location`.
  public static VipsEncoder load(VipsLocation location) throws VipsUnavailableException {
    try {
      return new VipsEncoder(Vips.load(location));
    } catch (UnsatisfiedLinkError e) {
      throw new VipsUnavailableException(String.valueOf(e.getMessage()));
    }
  }

  /// Encodes as `suffix` says, in the way of libvips' file names: `.jpg[Q=90,interlace]`.
  public synchronized byte[] encode(Pixels pixels, Colour colour, String suffix)
      throws VipsException {
    try (var arena = Arena.ofConfined()) {
      MemorySegment samples = arena.allocate(pixels.samples().byteSize());
      samples.copyFrom(pixels.samples());
      MemorySegment options = arena.allocateFrom(suffix);
      try (var plain = wrap(pixels, samples);
          var coloured = convert(plain, colour)) {
        return operations.bytes((memory, length) ->
            (int) write.invokeExact(coloured.address(), options, memory, length, NULL));
      }
    }
  }

  private VipsImage wrap(Pixels pixels, MemorySegment samples) throws VipsException {
    MemorySegment image =
        Vips.call(() ->
            (MemorySegment)
                fromMemory.invokeExact(
                    samples,
                    samples.byteSize(),
                    pixels.width(),
                    pixels.height(),
                    pixels.bands(),
                    UCHAR));
    if (image.equals(NULL)) throw new VipsException(vips.takeError());
    return new VipsImage(vips, image);
  }

  private VipsImage convert(VipsImage plain, Colour colour) throws VipsException {
    return switch (colour) {
      case PLAIN -> operations.oriented(plain, 1);
      case SIXTEEN_BIT -> sixteenBit(plain);
      case CMYK -> withoutProfile(profiled(plain, "cmyk"));
      case CMYK_WITH_PROFILE -> profiled(plain, "cmyk");
      case DISPLAY_P3 -> profiled(plain, "p3");
    };
  }

  private VipsImage sixteenBit(VipsImage plain) throws VipsException {
    try (var wide =
            operations.image(out ->
                (int) linear.invokeExact(plain.address(), out, LEVELS_OF_16_PER_8_BIT, 0.0, NULL));
        var whole =
            operations.image(out -> (int) cast.invokeExact(wide.address(), out, USHORT, NULL))) {
      MemorySegment interpretation = Vips.text("interpretation");
      return operations.image(
          out -> (int) asSpace.invokeExact(whole.address(), out, interpretation, RGB16, NULL));
    }
  }

  private VipsImage profiled(VipsImage plain, String profile) throws VipsException {
    MemorySegment name = Vips.text(profile);
    return operations.image(
        out -> (int) transform.invokeExact(plain.address(), out, name, INPUT_PROFILE, SRGB, NULL));
  }

  private VipsImage withoutProfile(VipsImage image) {
    int _ = Vips.call(() -> (int) remove.invokeExact(image.address(), PROFILE_FIELD));
    return image;
  }
}
