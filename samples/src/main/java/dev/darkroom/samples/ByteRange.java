package dev.darkroom.samples;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One range of bytes of a file, both ends included (RFC 9110, section 14.1.2).
record ByteRange(long first, long last) {

  private static final Pattern SYNTAX = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /// The single range that `header` asks of a file of `length` bytes, or null where it cannot be
  /// satisfied or is none that this server answers.
  static @Nullable ByteRange parse(String header, long length) {
    Matcher matcher = SYNTAX.matcher(header.strip());
    if (!matcher.matches()) return null;
    String from = matcher.group(1);
    String to = matcher.group(2);
    if (from.isEmpty() && to.isEmpty()) return null;
    long first = from.isEmpty() ? Math.max(0, length - Long.parseLong(to)) : Long.parseLong(from);
    long last = from.isEmpty() || to.isEmpty() ? length - 1 : Long.parseLong(to);
    var range = new ByteRange(first, Math.min(last, length - 1));
    return first >= length || range.length() <= 0 ? null : range;
  }

  long length() {
    return last - first + 1;
  }
}
