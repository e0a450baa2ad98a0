package dev.darkroom.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/// Turns the bytes of entry names into text for showing: by the UTF-8 flag, by Info-ZIP's Unicode
/// path, as UTF-8 where they are valid as such, by a guess over all the names of the archive that
/// are left, at last as code page 437 (APPNOTE D.1), which decodes anything.
final class EntryName {

  private static final int MAX_LENGTH = 1024;
  private static final int FLAG_UTF8 = 1 << 11;
  private static final Charset CP437 = Charset.forName("IBM437");

  /// The charsets that archivers of the East write without saying so: what the detector calls them,
  /// and the wider code page that Windows means by it.
  private static final Map<String, String> GUESSES =
      Map.of(
          "SHIFT_JIS", "windows-31j",
          "GB18030", "GB18030",
          "BIG5", "x-windows-950",
          "EUC-KR", "x-windows-949",
          "IBM866", "IBM866");

  private EntryName() {}

  /// The names of all entries of one archive, in their order.
  static List<String> decode(List<DirectoryRecord> records) {
    Charset legacy = guess(records);
    return records.stream().map(entry -> shown(decode(entry, legacy))).toList();
  }

  private static String decode(DirectoryRecord entry, Charset legacy) {
    String certain = certain(entry);
    if (certain != null) return certain;
    String guessed = strictly(legacy, entry.rawName());
    return guessed == null ? CP437.decode(entry.rawName().duplicate()).toString() : guessed;
  }

  private static @Nullable String certain(DirectoryRecord entry) {
    if ((entry.flags() & FLAG_UTF8) == 0) {
      String unicodePath = unicodePath(entry);
      if (unicodePath != null) return unicodePath;
    }
    return strictly(StandardCharsets.UTF_8, entry.rawName());
  }

  /// Info-ZIP's block (APPNOTE 4.6.9): version 1, the CRC-32 of the name in the header, the name in
  /// UTF-8. Another checksum means that a tool renamed the entry and left the block as it was.
  private static @Nullable String unicodePath(DirectoryRecord entry) {
    ByteBuffer block = ExtraField.find(entry.extra(), ExtraField.UNICODE_PATH);
    if (block == null || block.remaining() < 5 || block.get() != 1) return null;
    var crc = new CRC32();
    crc.update(entry.rawName().duplicate());
    if ((int) crc.getValue() != block.getInt()) return null;
    return strictly(StandardCharsets.UTF_8, block);
  }

  /// One name is too short to tell a charset by; those of one archive were written by one archiver.
  private static Charset guess(List<DirectoryRecord> records) {
    var detector = new UniversalDetector();
    for (DirectoryRecord entry : records) {
      if (detector.isDone()) break;
      if (certain(entry) != null) continue;
      byte[] name = new byte[entry.rawName().remaining()];
      entry.rawName().get(0, name);
      detector.handleData(name);
      detector.handleData(new byte[] {'\n'});
    }
    detector.dataEnd();
    String detected = detector.getDetectedCharset();
    String charset = detected == null ? null : GUESSES.get(detected);
    return charset != null && Charset.isSupported(charset) ? Charset.forName(charset) : CP437;
  }

  private static @Nullable String strictly(Charset charset, ByteBuffer bytes) {
    try {
      return charset.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  private static String shown(String name) {
    var shown = new StringBuilder(Math.min(name.length(), MAX_LENGTH));
    name.codePoints()
        .map(c -> Character.isISOControl(c) ? 0xFFFD : c)
        .takeWhile(c -> shown.length() + Character.charCount(c) <= MAX_LENGTH)
        .forEachOrdered(shown::appendCodePoint);
    return shown.toString();
  }
}
