package dev.darkroom.image;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The RIFF chunks of a WebP file (RFC 9649, section 2). What comes after the RIFF chunk's end is
/// not looked at.
final class WebpStructure implements Structure.Walk {

  private static final int FILE_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int ANIMATION_FLAG = 0x02;
  private static final int ALPHA_FLAG = 0x10;

  /// The EXIF chunk holds a TIFF header; some writers put JPEG's preamble before it.
  private static final String EXIF = "Exif\0\0";

  private final ImageBytes bytes;
  private int width;
  private int height;
  private boolean hasAlpha;
  private boolean animated;
  private boolean extended;
  private boolean hasPicture;
  private boolean pictureReached;
  private @Nullable MemorySegment exif;

  WebpStructure(ImageBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public Structure found(@Nullable ImageFailure flaw) {
    return new Structure(width, height, hasAlpha, animated, pictureReached, exif, flaw);
  }

  @Override
  public void toTheEnd() throws FlawedImageException {
    long end = bytes.u32Little(4) + 8;
    long at = FILE_HEADER;
    requirePictureFirst(at);
    while (at + CHUNK_HEADER <= end) {
      at = chunk(at, end);
    }
    if (!hasPicture && !animated) {
      throw FlawedImageException.corrupt("it holds no picture");
    }
  }

  private void requirePictureFirst(long at) throws FlawedImageException {
    String first = bytes.name(at, 4);
    if (!first.equals("VP8 ") && !first.equals("VP8L") && !first.equals("VP8X")) {
      throw FlawedImageException.corrupt("its first chunk is neither a picture nor its header");
    }
  }

  /// FourCC, length, payload, and a zero where the length is odd (2.3).
  private long chunk(long at, long end) throws FlawedImageException {
    String type = bytes.name(at, 4);
    long length = bytes.u32Little(at + 4);
    long payload = at + CHUNK_HEADER;
    if (payload + length > end) {
      throw FlawedImageException.corrupt("a chunk of it is longer than the file says it is");
    }
    switch (type) {
      case "VP8X" -> extendedHeader(payload, length);
      case "VP8 " -> lossy(payload, length);
      case "VP8L" -> lossless(payload, length);
      case "ALPH" -> {
        hasAlpha = true;
        pictureReached = true;
      }
      case "ANIM", "ANMF" -> animated = true;
      case "EXIF" -> keepExif(payload, length);
      default -> {}
    }
    bytes.slice(payload, length);
    return payload + length + (length & 1);
  }

  /// Flags, 24 reserved bits, width and height of the canvas less one (2.7.1).
  private void extendedHeader(long at, long length) throws FlawedImageException {
    if (length < 10 || width != 0) {
      throw FlawedImageException.corrupt("its header chunk makes no sense");
    }
    int flags = bytes.u8(at);
    extended = true;
    animated = (flags & ANIMATION_FLAG) != 0;
    hasAlpha = (flags & ALPHA_FLAG) != 0;
    width = bytes.u24Little(at + 4) + 1;
    height = bytes.u24Little(at + 7) + 1;
  }

  /// A frame tag of three bytes, whose lowest bit is 0 in a key frame and whose highest 19 bits are
  /// the length of the first partition; a start code; 14 bits each of width and height (RFC 6386,
  /// 9.1).
  private void lossy(long at, long length) throws FlawedImageException {
    if (length < 10) {
      throw FlawedImageException.corrupt("its picture is too short");
    }
    bytes.slice(at, 10);
    int tag = bytes.u24Little(at);
    if ((tag & 1) != 0 || !bytes.has(at + 3, "\u009D\u0001*")) {
      throw FlawedImageException.corrupt("its picture does not begin with a key frame");
    }
    picture(bytes.u16Little(at + 6) & 0x3FFF, bytes.u16Little(at + 8) & 0x3FFF);
    if ((tag >>> 5) > length - 10) {
      throw FlawedImageException.corrupt("its picture is shorter than it says");
    }
  }

  /// A signature, 14 bits each of width and height less one, one bit that tells of alpha, three
  /// bits of version (RFC 9649, 3.4).
  private void lossless(long at, long length) throws FlawedImageException {
    if (length < 5) {
      throw FlawedImageException.corrupt("its picture is too short");
    }
    long header = bytes.u32Little(at + 1);
    if (bytes.u8(at) != 0x2F || header >>> 29 != 0) {
      throw FlawedImageException.corrupt("its picture does not begin as one");
    }
    hasAlpha |= (header >>> 28 & 1) != 0;
    picture((int) (header & 0x3FFF) + 1, (int) (header >>> 14 & 0x3FFF) + 1);
  }

  private void picture(int pictureWidth, int pictureHeight) throws FlawedImageException {
    if (hasPicture) {
      throw FlawedImageException.corrupt("it holds two pictures");
    }
    if (extended && (pictureWidth != width || pictureHeight != height)) {
      throw FlawedImageException.corrupt("its picture has another size than its header says");
    }
    if (pictureWidth == 0 || pictureHeight == 0) {
      throw FlawedImageException.corrupt("its picture has no size");
    }
    hasPicture = true;
    pictureReached = true;
    width = pictureWidth;
    height = pictureHeight;
  }

  private void keepExif(long at, long length) throws FlawedImageException {
    if (exif == null) {
      int preamble = bytes.has(at, EXIF) && length > EXIF.length() ? EXIF.length() : 0;
      exif = bytes.slice(at + preamble, length - preamble);
    }
  }
}
