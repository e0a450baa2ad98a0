package dev.darkroom.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Text of files that people write: UTF-8, of which a byte order mark is no part.
final class Utf8 {

  private static final String MARK = "\uFEFF";

  private Utf8() {}

  static String text(byte[] bytes) throws CharacterCodingException {
    return withoutMark(decoded(ByteBuffer.wrap(bytes)));
  }

  /// Each is read on its own, so that a bad one makes no other bad; null for a bad one.
  static List<@Nullable String> lines(byte[] bytes) {
    List<@Nullable String> lines = new ArrayList<>();
    for (int from = 0; from < bytes.length; ) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') to++;
      String line = line(ByteBuffer.wrap(bytes, from, to - from));
      lines.add(line == null || from > 0 ? line : withoutMark(line));
      from = to + 1;
    }
    return lines;
  }

  private static @Nullable String line(ByteBuffer bytes) {
    try {
      return decoded(bytes);
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  private static String decoded(ByteBuffer bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  private static String withoutMark(String text) {
    return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
  }
}
