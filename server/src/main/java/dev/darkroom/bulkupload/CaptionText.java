package dev.darkroom.bulkupload;

import dev.darkroom.bulkupload.CaptionFailure.CaptionBlank;
import dev.darkroom.bulkupload.CaptionFailure.CaptionUnreadable;
import dev.darkroom.failure.FailureException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Reads the text of a caption file as people have them: UTF-8 with or without a byte order mark,
/// UTF-16 of either order, and the Windows-1252 that word processors leave behind.
final class CaptionText {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private CaptionText() {}

  /// The caption, trimmed.
  ///
  /// @throws FailureException where the text is blank, or not text at all
  static String read(String fileName, MemorySegment file) {
    String text = decode(fileName, file.asByteBuffer()).strip();
    if (text.isEmpty()) throw new FailureException(new CaptionBlank(fileName));
    if (text.indexOf('\0') >= 0) throw new FailureException(new CaptionUnreadable(fileName));
    return text;
  }

  private static String decode(String fileName, ByteBuffer bytes) {
    try {
      return decode(bytes);
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
