package dev.darkroom.archive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a `Range` header asks for, both ends included.
record AskedRange(long first, long last) {

  private static final Pattern HEADER = Pattern.compile("bytes=([0-9]*)-([0-9]*)");

  /// Null where the range lies outside of the `whole` bytes.
  static @Nullable AskedRange parse(String header, long whole) {
    Matcher parts = HEADER.matcher(header);
    if (!parts.matches()) return null;
    String from = parts.group(1);
    String to = parts.group(2);
    long first = from.isEmpty() ? Math.max(0, whole - Long.parseLong(to)) : Long.parseLong(from);
    long last = from.isEmpty() || to.isEmpty() ? whole - 1 : Long.parseLong(to);
    return first >= whole ? null : new AskedRange(first, Math.min(last, whole - 1));
  }
}
