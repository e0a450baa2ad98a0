package dev.darkroom.basicupload;

import dev.darkroom.fetch.SourceUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The names of images, for showing only.
final class ImageName {

  private static final int MAX_LENGTH = 1024;
  private static final int REPLACEMENT = 0xFFFD;

  private ImageName() {}

  /// The first of the names that says anything, as it is kept.
  static String first(@Nullable String... names) {
    for (@Nullable String name : names) {
      if (name != null && !name.isBlank()) return shown(name);
    }
    throw new IllegalArgumentException("none of the names says anything");
  }

  private static String shown(String name) {
    var shown = new StringBuilder(Math.min(name.length(), MAX_LENGTH));
    name.codePoints()
        .map(c -> Character.isISOControl(c) ? REPLACEMENT : c)
        .takeWhile(c -> shown.length() + Character.charCount(c) <= MAX_LENGTH)
        .forEachOrdered(shown::appendCodePoint);
    return shown.toString();
  }

  /// The last part of a path: some clients send a file's name with all of its folders.
  static String lastPart(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  /// The last part of a URL's path, decoded; that of a folder is empty.
  static String ofUrl(SourceUrl url) {
    String segment = lastPart(url.full().getRawPath());
    try {
      // In a path a plus sign is one.
      return lastPart(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException noEscape) {
      return segment;
    }
  }
}
