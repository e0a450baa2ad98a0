package dev.darkroom.decoder;

import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The operations of libvips that decoding needs, but for loaders and savers. C takes their options
/// as variable arguments, pairs of name and value up to a null; the handles fix which.
final class VipsOperations {

  private static final int SIZE_DOWN = 2;
  private static final int SIZE_FORCE = 3;
  private static final int INTERPRETATION_SRGB = 22;

  private static final MemorySegment HEIGHT = Vips.text("height");
  private static final MemorySegment SIZE = Vips.text("size");
  private static final MemorySegment SRGB = Vips.text("srgb");
  private static final MemorySegment PROFILE = Vips.text("icc-profile-data");
  private static final MemorySegment ORIENTATION = Vips.text("orientation");

  private final Vips vips;
  private final MemorySegment exportProfile;
  private final MethodHandle copy;
  private final MethodHandle flatten;
  private final MethodHandle colourspace;
  private final MethodHandle thumbnail;
  private final MethodHandle profiledThumbnail;
  private final MethodHandle typeOf;
  private final MethodHandle copyMemory;
  private final MethodHandle writeToMemory;
  private final MethodHandle setInt;
  private final MethodHandle hasAlpha;

  VipsOperations(Vips vips) {
    this.vips = vips;
    this.exportProfile = Vips.text(vips.isAtLeast(8, 15) ? "output_profile" : "export_profile");

    this.copy = vips.variadic("vips_copy", 2, ADDRESS, ADDRESS, ADDRESS);
    this.flatten = vips.variadic("vips_flatten", 2, ADDRESS, ADDRESS, ADDRESS);
    this.colourspace = vips.variadic("vips_colourspace", 3, ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
    this.profiledThumbnail =
        vips.variadic(
            "vips_thumbnail_image",
            3,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS);
    this.thumbnail =
        vips.variadic(
            "vips_thumbnail_image",
            3,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS);
    this.typeOf =
        vips.function("vips_image_get_typeof", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS));
    this.copyMemory =
        vips.function("vips_image_copy_memory", FunctionDescriptor.of(ADDRESS, ADDRESS));
    this.writeToMemory =
        vips.function(
            "vips_image_write_to_memory", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    this.hasAlpha = vips.function("vips_image_hasalpha", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    this.setInt =
        vips.function("vips_image_set_int", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_INT));
  }

  /// Blends a transparent image with black; an opaque one stays as it is.
  VipsImage opaque(VipsImage image) throws VipsException {
    boolean transparent = Vips.call(() -> (int) hasAlpha.invokeExact(image.address())) != 0;
    MethodHandle operation = transparent ? flatten : copy;
    return image(out -> (int) operation.invokeExact(image.address(), out, NULL));
  }

  /// The same pixels, to be turned as `orientation` says.
  VipsImage oriented(VipsImage image, int orientation) throws VipsException {
    VipsImage copied = image(out -> (int) copy.invokeExact(image.address(), out, NULL));
    Vips.run(() -> {
      setInt.invokeExact(copied.address(), ORIENTATION, orientation);
    });
    return copied;
  }

  VipsImage toSrgb(VipsImage image) throws VipsException {
    return image(
        out -> (int) colourspace.invokeExact(image.address(), out, INTERPRETATION_SRGB, NULL));
  }

  /// The picture upright and in the colours of sRGB, at most `size` pixels on its long side; never
  /// enlarged.
  ///
  /// A picture without a profile is not sent through colour management: for one that is sRGB
  /// already that takes 18 ms and changes nothing.
  VipsImage thumbnail(VipsImage image, int size) throws VipsException {
    return managed(image, size, size, SIZE_DOWN);
  }

  /// The picture upright and in the colours of sRGB, of exactly this size; enlarged by bicubic
  /// interpolation.
  VipsImage drawn(VipsImage image, int width, int height) throws VipsException {
    return managed(image, width, height, SIZE_FORCE);
  }

  private VipsImage managed(VipsImage image, int width, int height, int size) throws VipsException {
    if (!hasProfile(image)) return resized(image, width, height, size);
    return image(out ->
        (int)
            profiledThumbnail.invokeExact(
                image.address(),
                out,
                width,
                HEIGHT,
                height,
                SIZE,
                size,
                exportProfile,
                SRGB,
                NULL));
  }

  /// The picture squeezed or stretched to `width` x `height`.
  VipsImage squeezed(VipsImage image, int width, int height) throws VipsException {
    return resized(image, width, height, SIZE_FORCE);
  }

  private VipsImage resized(VipsImage image, int width, int height, int size) throws VipsException {
    return image(out ->
        (int) thumbnail.invokeExact(image.address(), out, width, HEIGHT, height, SIZE, size, NULL));
  }

  private boolean hasProfile(VipsImage image) {
    return Vips.call(() -> (long) typeOf.invokeExact(image.address(), PROFILE)) != 0;
  }

  /// Computes every pixel now, into memory.
  VipsImage inMemory(VipsImage image) throws VipsException {
    MemorySegment copied = Vips.call(() -> (MemorySegment) copyMemory.invokeExact(image.address()));
    return new VipsImage(vips, present(copied));
  }

  byte[] pixels(VipsImage image) throws VipsException {
    try (var arena = Arena.ofConfined()) {
      MemorySegment length = arena.allocate(JAVA_LONG);
      MemorySegment memory =
          Vips.call(() -> (MemorySegment) writeToMemory.invokeExact(image.address(), length));
      return take(present(memory), length.get(JAVA_LONG, 0));
    }
  }

  /// An operation that puts an image's address into `out`, and gives 0 where it could.
  interface ImageCall {
    int into(MemorySegment out) throws Throwable;
  }

  /// An operation that puts the address and the length of new memory into two cells.
  interface BytesCall {
    int into(MemorySegment memory, MemorySegment length) throws Throwable;
  }

  VipsImage image(ImageCall call) throws VipsException {
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ADDRESS);
      succeed(Vips.call(() -> call.into(out)));
      return new VipsImage(vips, out.get(ADDRESS, 0));
    }
  }

  byte[] bytes(BytesCall call) throws VipsException {
    try (var arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(ADDRESS);
      MemorySegment length = arena.allocate(JAVA_LONG);
      succeed(Vips.call(() -> call.into(memory, length)));
      return take(memory.get(ADDRESS, 0), length.get(JAVA_LONG, 0));
    }
  }

  /// What the operation gives, where it lies, for as long as the arena lives.
  @SuppressWarnings("restricted")
  MemorySegment segment(BytesCall call, Arena lifetime) throws VipsException {
    try (var arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(ADDRESS);
      MemorySegment length = arena.allocate(JAVA_LONG);
      succeed(Vips.call(() -> call.into(memory, length)));
      return memory
          .get(ADDRESS, 0)
          .reinterpret(length.get(JAVA_LONG, 0), lifetime, segment -> vips.free(segment));
    }
  }

  @SuppressWarnings("restricted")
  private byte[] take(MemorySegment memory, long length) {
    try {
      return memory.reinterpret(length).toArray(JAVA_BYTE);
    } finally {
      vips.free(memory);
    }
  }

  private void succeed(int status) throws VipsException {
    if (status != 0) throw new VipsException(vips.takeError());
  }

  private MemorySegment present(MemorySegment pointer) throws VipsException {
    if (pointer.equals(NULL)) throw new VipsException(vips.takeError());
    return pointer;
  }
}
