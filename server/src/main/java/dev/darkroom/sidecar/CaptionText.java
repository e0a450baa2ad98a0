package dev.darkroom.sidecar;

import dev.darkroom.failure.FailureException;
import dev.darkroom.sidecar.CaptionFailure.CaptionBlank;
import dev.darkroom.sidecar.CaptionFailure.CaptionUnreadable;
import dev.darkroom.sidecar.ProvidedCaption.InMetadata;
import dev.darkroom.sidecar.ProvidedCaption.Unusable;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reads the text of a caption file as people have them: UTF-8 with or without a byte order mark,
/// UTF-16 of either order, and the Windows-1252 that word processors leave behind.
public final class CaptionText {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private CaptionText() {}

  /// The caption, trimmed.
  ///
  /// @throws FailureException where the text is blank, or not text at all
  public static String read(String fileName, MemorySegment file) {
    String text = decode(fileName, file).strip();
    if (text.isEmpty()) throw new FailureException(new CaptionBlank(fileName));
    return text;
  }

  /// The caption that a metadata file gives, trimmed.
  ///
  /// @param place for messages, such as `line 3 of metadata.csv`
  /// @param maxBytes in UTF-8
  static ProvidedCaption ofMetadata(String place, String value, int maxBytes) {
    String text = value.strip();
    if (text.isEmpty()) return new Unusable(new CaptionBlank(place));
    // JSON can spell by escapes what no text has and no database takes.
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return new Unusable(new CaptionUnreadable(place));
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes <= maxBytes
        ? new InMetadata(text)
        : new Unusable(new CaptionUnreadable(place, tooLong(bytes, maxBytes)));
  }

  private static String tooLong(int bytes, int maxBytes) {
    return String.format(
        Locale.ROOT,
        "It has %,d bytes; at most %,d are read (max-caption-bytes).",
        bytes,
        maxBytes);
  }

  /// The whole text as it stands.
  ///
  /// @throws FailureException where it is not text at all
  static String decode(String fileName, MemorySegment file) {
    try {
      String text = decode(file.asByteBuffer());
      if (text.indexOf('\0') >= 0) throw new FailureException(new CaptionUnreadable(fileName));
      return text;
    } catch (CharacterCodingException notText) {
      throw new FailureException(new CaptionUnreadable(fileName), notText);
    }
  }

  private static String decode(ByteBuffer bytes) throws CharacterCodingException {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return strictly(StandardCharsets.UTF_8, bytes.slice(3, bytes.remaining() - 3));
    }
    if (startsWith(bytes, 0xFF, 0xFE)) {
      return strictly(StandardCharsets.UTF_16LE, bytes.slice(2, bytes.remaining() - 2));
    }
    if (startsWith(bytes, 0xFE, 0xFF)) {
      return strictly(StandardCharsets.UTF_16BE, bytes.slice(2, bytes.remaining() - 2));
    }
    try {
      return strictly(StandardCharsets.UTF_8, bytes.duplicate());
    } catch (CharacterCodingException notUtf8) {
      return strictly(WINDOWS_1252, bytes.duplicate());
    }
  }

  private static boolean startsWith(ByteBuffer bytes, int... mark) {
    if (bytes.remaining() < mark.length) return false;
    for (int i = 0; i < mark.length; i++) {
      if (Byte.toUnsignedInt(bytes.get(i)) != mark[i]) return false;
    }
    return true;
  }

  private static String strictly(Charset charset, ByteBuffer bytes)
      throws CharacterCodingException {
    return charset.newDecoder().decode(bytes).toString();
  }
}
