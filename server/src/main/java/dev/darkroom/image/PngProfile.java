package dev.darkroom.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/// The colour profile in a PNG file's iCCP chunk, for decoders that leave it out.
public final class PngProfile {

  private PngProfile() {}

  /// The inflated profile of an image whose structure has no flaw; empty where it has none, or one
  /// that cannot be inflated. What the profile holds is not checked.
  public static Optional<byte[]> read(MemorySegment image) {
    return compressed(image).flatMap(PngProfile::inflate);
  }

  /// The chunk lies before the picture (PNG Specification, Third Edition, 5.6).
  private static Optional<MemorySegment> compressed(MemorySegment image) {
    var bytes = new ImageBytes(image);
    try {
      long at = PngStructure.SIGNATURE.length();
      while (!bytes.has(at + 4, "iCCP")) {
        if (bytes.has(at + 4, "IDAT")) {
          return Optional.empty();
        }
        at += 12 + bytes.u32(at);
      }
      var payload = bytes.slice(at + 8, bytes.u32(at));
      return Optional.of(payload.asSlice(InflationBudget.compressedStart("iCCP", payload)));
    } catch (FlawedImageException | IndexOutOfBoundsException _) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> inflate(MemorySegment compressed) {
    long length = Math.min(compressed.byteSize(), InflationBudget.MAX_INFLATED_BYTES);
    try (var inflated =
        new InflaterInputStream(
            new ByteArrayInputStream(compressed.asSlice(0, length).toArray(JAVA_BYTE)))) {
      return Optional.of(inflated.readNBytes(InflationBudget.MAX_INFLATED_BYTES));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
