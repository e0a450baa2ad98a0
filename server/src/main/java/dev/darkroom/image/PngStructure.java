package dev.darkroom.image;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The chunks of a PNG file from its signature to IEND, each checked against its CRC-32 (PNG
/// Specification, Third Edition, sections 5 and 11). What comes after IEND is not looked at.
final class PngStructure implements Structure.Walk {

  static final String SIGNATURE = "\u0089PNG\r\n\u001A\n";

  /// The checksum goes over a large chunk in pieces of this size.
  private static final int CRC_PIECE = 1 << 24;

  private final ImageBytes bytes;
  private final InflationBudget inflation = new InflationBudget();
  private int width;
  private int height;
  private int colourType;
  private boolean hasAlpha;
  private boolean hasPalette;
  private boolean animated;
  private @Nullable MemorySegment exif;
  private String previous = "";
  private boolean hasData;
  private boolean pictureReached;

  PngStructure(ImageBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public Structure found(@Nullable ImageFailure flaw) {
    return new Structure(width, height, hasAlpha, animated, pictureReached, exif, flaw);
  }

  @Override
  public void toTheEnd() throws FlawedImageException {
    bytes.slice(0, SIGNATURE.length());
    if (!bytes.has(0, SIGNATURE)) {
      throw FlawedImageException.corrupt(
          "its signature was changed, as a transfer in text mode does");
    }
    long at = SIGNATURE.length();
    while (!previous.equals("IEND")) {
      at = chunk(at);
    }
  }

  /// Length, type, payload, CRC over type and payload (5.3).
  private long chunk(long at) throws FlawedImageException {
    long length = bytes.u32(at);
    String type = bytes.name(at + 4, 4);
    if (length > Integer.MAX_VALUE || !isType(type)) {
      throw FlawedImageException.corrupt("a chunk of it makes no sense");
    }
    requireOrder(type);
    if (type.equals("IHDR")) {
      header(at + 8, length);
    }
    MemorySegment payload = bytes.slice(at + 8, length);
    if (crc(bytes.slice(at + 4, length + 4)) != bytes.u32(at + 8 + length)) {
      throw FlawedImageException.corrupt("the checksum of its chunk " + type + " is wrong");
    }
    take(type, payload);
    previous = type;
    return at + 12 + length;
  }

  private static boolean isType(String type) {
    return type.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
  }

  /// IHDR comes first and once; the IDAT chunks follow each other; a palette comes before them
  /// (5.6).
  private void requireOrder(String type) throws FlawedImageException {
    if (previous.isEmpty() && type.equals("CgBI")) {
      throw FlawedImageException.unsupported("a PNG image in Apple's own variant (CgBI)");
    }
    if (previous.isEmpty() != type.equals("IHDR")) {
      throw FlawedImageException.corrupt("its header chunk is missing or out of place");
    }
    switch (type) {
      case "IDAT" -> {
        if (hasData && !previous.equals("IDAT")) {
          throw FlawedImageException.corrupt("its picture data is torn apart");
        }
        if (colourType == 3 && !hasPalette) {
          throw FlawedImageException.corrupt("its palette is missing");
        }
        pictureReached = true;
      }
      case "IEND" -> {
        if (!hasData) {
          throw FlawedImageException.corrupt("it holds no picture");
        }
      }
      default -> {}
    }
  }

  private void header(long at, long length) throws FlawedImageException {
    if (length != 13) {
      throw FlawedImageException.corrupt("its header chunk has a wrong length");
    }
    long w = bytes.u32(at);
    long h = bytes.u32(at + 4);
    int depth = bytes.u8(at + 8);
    colourType = bytes.u8(at + 9);
    if (w == 0 || h == 0 || w > Integer.MAX_VALUE || h > Integer.MAX_VALUE) {
      throw FlawedImageException.corrupt("its header chunk gives no valid size");
    }
    width = (int) w;
    height = (int) h;
    hasAlpha = colourType == 4 || colourType == 6;
    if (!isPixelType(colourType, depth)
        || bytes.u8(at + 10) != 0
        || bytes.u8(at + 11) != 0
        || bytes.u8(at + 12) > 1) {
      throw FlawedImageException.corrupt("its header chunk makes no sense");
    }
  }

  /// The allowed pairs (11.2.1, table 12).
  private static boolean isPixelType(int colourType, int depth) {
    return switch (colourType) {
      case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
      case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
      case 2, 4, 6 -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  private static long crc(MemorySegment typeAndPayload) {
    var crc = new CRC32();
    for (long at = 0; at < typeAndPayload.byteSize(); at += CRC_PIECE) {
      long piece = Math.min(CRC_PIECE, typeAndPayload.byteSize() - at);
      crc.update(typeAndPayload.asSlice(at, piece).asByteBuffer());
    }
    return crc.getValue();
  }

  private void take(String type, MemorySegment payload) throws FlawedImageException {
    switch (type) {
      case "IHDR", "IEND" -> {}
      case "PLTE" -> hasPalette = true;
      case "IDAT" -> hasData = true;
      case "tRNS" -> hasAlpha = true;
      case "acTL" -> animated = animated || !hasData;
      case "eXIf" -> exif = payload;
      case "zTXt", "iTXt", "iCCP" -> inflation.spend(type, payload);
      default -> {
        if (Character.isUpperCase(type.charAt(0))) {
          throw FlawedImageException.corrupt("it needs a chunk that is not known (" + type + ")");
        }
      }
    }
  }
}
