package dev.darkroom.fetch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which bytes of how many an answer holds (RFC 9110, section 14.4).
///
/// @param total the length of the whole, or -1 where the server does not tell
public record ContentRange(long first, long last, long total) {

  private static final Pattern HEADER =
      Pattern.compile("(?i)bytes +([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

  /// Empty for a header that is malformed, or that contradicts itself.
  static Optional<ContentRange> parse(String header) {
    Matcher parts = HEADER.matcher(header.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(parts.group(1));
    long last = Long.parseLong(parts.group(2));
    long total = parts.group(3).equals("*") ? -1 : Long.parseLong(parts.group(3));
    boolean consistent = first <= last && (total == -1 || last < total);
    return consistent ? Optional.of(new ContentRange(first, last, total)) : Optional.empty();
  }
}
