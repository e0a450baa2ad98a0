package dev.darkroom.image;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The markers of a JPEG file from SOI to EOI (ITU-T T.81, Annex B). Takes what every browser and
/// decoder takes: baseline, extended and progressive Huffman coding of 8 bits per sample in 1, 3 or
/// 4 components. Bytes between two segments are passed over, as every decoder does, since cameras
/// leave some; bytes after EOI are not looked at (further pictures of a phone lie there).
final class JpegStructure implements Structure.Walk {

  /// More scans than any encoder writes (a usual progressive file has 10). Each scan makes a
  /// decoder go over the whole picture, so that a small file could cost hours.
  static final int MAX_SCANS = 500;

  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DNL = 0xDC;
  private static final int DHP = 0xDE;
  private static final int APP1 = 0xE1;
  private static final int TEM = 0x01;
  private static final int RST0 = 0xD0;
  private static final int RST7 = 0xD7;
  private static final String EXIF = "Exif\0\0";

  private final ImageBytes bytes;
  private int width;
  private int height;
  private int scans;
  private @Nullable MemorySegment exif;

  JpegStructure(ImageBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public Structure found(@Nullable ImageFailure flaw) {
    return new Structure(width, height, false, false, scans > 0, exif, flaw);
  }

  @Override
  public void toTheEnd() throws FlawedImageException {
    long at = 2;
    while (true) {
      at = nextMarker(at);
      int marker = bytes.u8(at++);
      switch (marker) {
        case EOI -> {
          requireScan();
          return;
        }
        case SOI -> throw FlawedImageException.corrupt("a second image begins inside of it");
        case 0x00, TEM -> {}
        default -> at = segment(marker, at);
      }
    }
  }

  /// The offset of the next marker's code; any number of FF may stand before it (B.1.1.2).
  private long nextMarker(long from) throws FlawedImageException {
    long at = bytes.indexOfFF(from);
    while (bytes.u8(at) == 0xFF) {
      at++;
    }
    return at;
  }

  private long segment(int marker, long at) throws FlawedImageException {
    if (marker >= RST0 && marker <= RST7) {
      throw FlawedImageException.corrupt("a restart marker stands outside of a scan");
    }
    int length = bytes.u16(at);
    if (length < 2) {
      throw FlawedImageException.corrupt("a segment is shorter than its own length field");
    }
    long end = at + length;
    bytes.slice(at, length);
    if (isFrame(marker)) {
      frame(marker, at + 2, length - 2);
    } else if (marker == APP1) {
      keepExif(at + 2, length - 2);
    } else if (marker == DNL || marker == DHP) {
      throw FlawedImageException.unsupported("a hierarchical JPEG image");
    } else if (marker == SOS) {
      return scan(end);
    }
    return end;
  }

  /// SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC), and the SOF55 of JPEG-LS (T.87).
  private static boolean isFrame(int marker) {
    return (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC)
        || marker == 0xF7;
  }

  private void frame(int marker, long at, int length) throws FlawedImageException {
    if (length < 6) {
      throw FlawedImageException.corrupt("its frame header is too short");
    }
    if (width != 0) {
      throw FlawedImageException.corrupt("it has two frame headers");
    }
    int components = bytes.u8(at + 5);
    height = bytes.u16(at + 1);
    width = bytes.u16(at + 3);
    requireCommonCoding(marker, bytes.u8(at), components);
    if (height == 0) {
      throw FlawedImageException.unsupported("a JPEG image that does not tell its height (DNL)");
    }
    if (width == 0 || length < 6 + 3 * components) {
      throw FlawedImageException.corrupt("its frame header makes no sense");
    }
  }

  private static void requireCommonCoding(int marker, int precision, int components)
      throws FlawedImageException {
    switch (marker) {
      case 0xC0, 0xC1, 0xC2 -> {}
      case 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF ->
          throw FlawedImageException.unsupported("a JPEG image with arithmetic coding");
      case 0xC3, 0xF7 -> throw FlawedImageException.unsupported("a lossless JPEG image");
      default -> throw FlawedImageException.unsupported("a hierarchical JPEG image");
    }
    if (precision != 8) {
      throw FlawedImageException.unsupported("a JPEG image of " + precision + " bits per sample");
    }
    if (components != 1 && components != 3 && components != 4) {
      throw FlawedImageException.unsupported("a JPEG image of " + components + " components");
    }
  }

  /// The first block counts. Before the TIFF header stands `Exif` and two zeros (EXIF 2.32, 4.7.2).
  private void keepExif(long at, int length) throws FlawedImageException {
    if (exif == null && length > EXIF.length() && bytes.has(at, EXIF)) {
      exif = bytes.slice(at + EXIF.length(), length - EXIF.length());
    }
  }

  /// Passes over the coded data of one scan, to the marker that ends it. Restart markers count from
  /// 0 to 7 and over again (E.2.4): where one is missing, so is a part of the picture.
  private long scan(long from) throws FlawedImageException {
    if (width == 0) {
      throw FlawedImageException.corrupt("a scan comes before the frame header");
    }
    scans++;
    if (scans > MAX_SCANS) {
      throw new FlawedImageException(new ImageFailure.TooManyScans(MAX_SCANS));
    }
    int restart = RST0;
    long at = from;
    while (true) {
      at = bytes.indexOfFF(at);
      int code = bytes.u8(at + 1);
      if (code >= RST0 && code <= RST7) {
        if (code != restart) {
          throw FlawedImageException.corrupt("a part of its picture is missing");
        }
        restart = restart == RST7 ? RST0 : restart + 1;
        at += 2;
      } else if (code == 0x00) {
        at += 2;
      } else if (code == 0xFF) {
        at++;
      } else {
        return at;
      }
    }
  }

  private void requireScan() throws FlawedImageException {
    if (scans == 0) {
      throw FlawedImageException.corrupt("it holds no picture");
    }
  }
}
