package dev.darkroom.fetch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What to ask a source for, and how long to wait.
///
/// @param range the bytes wanted, or null for all; a source that knows no ranges answers 200 with
///   everything
/// @param ifMatch the strong ETag that the source must still have, else it answers 412
/// @param deadline bounds everything, redirects included, until the first [Fetched#FIRST_BYTES] of
///   the body have been read, or all of a shorter one; null for what the timeouts allow
public record FetchRequest(
    @Nullable ByteRange range, @Nullable String ifMatch, @Nullable Duration deadline) {

  public FetchRequest {
    if (ifMatch != null && ifMatch.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("an ETag holds no control character");
    }
    if (deadline != null && !deadline.isPositive()) {
      throw new IllegalArgumentException("a deadline lies ahead");
    }
  }

  /// All of it, whatever its version.
  public static FetchRequest whole() {
    return new FetchRequest(null, null, null);
  }
}
