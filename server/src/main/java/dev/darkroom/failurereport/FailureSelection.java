package dev.darkroom.failurereport;

import java.util.regex.Pattern;

/// Which failed images of an upload are looked at.
///
/// @param type of their failure
/// @param search a part of their names, in any case; empty for all of them
/// @param offset how many come before, in archive order
/// @param limit how many at most
public record FailureSelection(String type, String search, int offset, int limit) {

  /// What one page holds at most.
  public static final int MAX_LIMIT = 500;

  /// No name has one; that of an entry has this in its place.
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  public FailureSelection {
    if (offset < 0 || limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("offset %d, limit %d".formatted(offset, limit));
    }
    type = CONTROL.matcher(type).replaceAll("\uFFFD");
    search = CONTROL.matcher(search).replaceAll("\uFFFD");
  }
}
