package dev.darkroom.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells what a file is by its first bytes. Names and extensions prove nothing.
final class FileSignature {

  /// As much of a file as tells a page of markup from other text.
  static final int HEAD = 512;

  private record Magic(String found, int offset, String bytes) {
    Magic(String found, String bytes) {
      this(found, 0, bytes);
    }
  }

  /// What people put into an archive of images; the first that fits names the file.
  private static final List<Magic> OTHERS =
      List.of(
          new Magic("a GIF image", "GIF8"),
          new Magic("a HEIC image", 4, "ftyphei"),
          new Magic("a HEIC image", 4, "ftyphev"),
          new Magic("a HEIF image", 4, "ftypmif1"),
          new Magic("a HEIF image", 4, "ftypmsf1"),
          new Magic("an AVIF image", 4, "ftypavi"),
          new Magic("a camera's raw photo (CR3)", 4, "ftypcrx"),
          new Magic("an MP4 or QuickTime video", 4, "ftyp"),
          new Magic("an MP4 or QuickTime video", 4, "moov"),
          new Magic("a camera's raw photo (CR2)", 8, "CR\u0002"),
          new Magic("a TIFF image or a camera's raw photo", "II*\0"),
          new Magic("a TIFF image or a camera's raw photo", "MM\0*"),
          new Magic("a TIFF image", "II+\0"),
          new Magic("a TIFF image", "MM\0+"),
          new Magic("a camera's raw photo (ORF)", "IIRO"),
          new Magic("a camera's raw photo (ORF)", "IIRS"),
          new Magic("a camera's raw photo (RW2)", "IIU\0"),
          new Magic("a camera's raw photo (RAF)", "FUJIFILMCCD-RAW"),
          new Magic("a camera's raw photo (X3F)", "FOVb"),
          new Magic("a JPEG XR image", "II\u00BC"),
          new Magic("a JPEG XL image", "\u00FF\n"),
          new Magic("a JPEG XL image", "\0\0\0\fJXL "),
          new Magic("a JPEG 2000 image", "\0\0\0\fjP  "),
          new Magic("a JPEG 2000 image", "\u00FFO\u00FFQ"),
          new Magic("a Photoshop document", "8BPS"),
          new Magic("a GIMP document", "gimp xcf"),
          new Magic("an Illustrator or PostScript document", "%!PS"),
          new Magic("a PDF document", "%PDF"),
          new Magic("a Windows icon", "\0\0\u0001\0"),
          new Magic("an OpenEXR image", "v/1\u0001"),
          new Magic("a DDS texture", "DDS "),
          new Magic("a QOI image", "qoif"),
          new Magic("an MNG animation", "\u008AMNG"),
          new Magic("an AVI video", 8, "AVI "),
          new Magic("a sound file", 8, "WAVE"),
          new Magic("a Matroska or WebM video", "\u001AE\u00DF\u00A3"),
          new Magic("a ZIP archive", "PK\u0003\u0004"),
          new Magic("a gzip archive", "\u001F\u008B"),
          new Magic("a RAR archive", "Rar!"),
          new Magic("a 7z archive", "7z\u00BC\u00AF"),
          new Magic("a program", "MZ"),
          new Magic("a program", "\u007FELF"));

  private FileSignature() {}

  /// The format of an image that may be taken; whether it is whole is another question.
  static Optional<ImageFormat> format(MemorySegment file) {
    var bytes = new ImageBytes(file);
    if (bytes.has(0, "\u00FF\u00D8\u00FF")) {
      return Optional.of(ImageFormat.JPEG);
    }
    if (bytes.has(0, "\u0089PNG")) {
      return Optional.of(ImageFormat.PNG);
    }
    if (bytes.has(0, "RIFF") && bytes.has(8, "WEBP")) {
      return Optional.of(ImageFormat.WEBP);
    }
    return Optional.empty();
  }

  /// What a file of another format is, with its article, or null where that is not known.
  static @Nullable String describe(MemorySegment file) {
    var bytes = new ImageBytes(file);
    for (Magic magic : OTHERS) {
      if (bytes.has(magic.offset, magic.bytes)) {
        return magic.found;
      }
    }
    var head = file.asSlice(0, Math.min(HEAD, file.byteSize())).toArray(JAVA_BYTE);
    return isBitmap(head) ? "a BMP image" : describeText(head);
  }

  /// `BM` alone begins many a text; the four reserved bytes of a bitmap are zero.
  private static boolean isBitmap(byte[] head) {
    return head.length > 14
        && head[0] == 'B'
        && head[1] == 'M'
        && (head[6] | head[7] | head[8] | head[9]) == 0;
  }

  private static @Nullable String describeText(byte[] head) {
    if (isZero(head)) {
      return "nothing but zero bytes at its start";
    }
    if (!isText(head)) {
      return null;
    }
    var text =
        new String(head, StandardCharsets.ISO_8859_1)
            .replace("\u00EF\u00BB\u00BF", "")
            .strip()
            .toLowerCase(Locale.ROOT);
    if (text.contains("<svg")) {
      return "an SVG drawing";
    }
    if (text.startsWith("<!doctype html") || text.contains("<html")) {
      return "an HTML page";
    }
    return "a text";
  }

  private static boolean isZero(byte[] head) {
    for (byte b : head) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /// Without control characters other than white space.
  private static boolean isText(byte[] head) {
    for (byte b : head) {
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f') {
        return false;
      }
    }
    return true;
  }
}
